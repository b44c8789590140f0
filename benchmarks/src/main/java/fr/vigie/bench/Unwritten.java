package fr.vigie.bench;

import fr.vigie.production.Declared;
import fr.vigie.reason.DefaultReasons;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.diagnosis.Entries;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;
import java.util.List;

/** A logbook in which nobody writes. */
final class Unwritten implements Entries {
  @Override
  public long revision(Machine machine) {
    return 0;
  }

  @Override
  public Declared declared(Machine machine, Span span) {
    return Declared.NOTHING;
  }

  @Override
  public ReasonJournal reasons(Machine machine) {
    return ReasonJournal.of(List.of());
  }

  @Override
  public ReasonTree reasonTree() {
    return DefaultReasons.tree();
  }
}
