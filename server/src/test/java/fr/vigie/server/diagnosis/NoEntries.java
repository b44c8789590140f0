package fr.vigie.server.diagnosis;

import fr.vigie.production.Declared;
import fr.vigie.reason.Act;
import fr.vigie.reason.DefaultReasons;
import fr.vigie.reason.Entry;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A logbook in which nobody writes, until a test says that somebody did. */
public final class NoEntries implements Entries {
  private Declared declared = Declared.NOTHING;
  private final List<Entry> said = new ArrayList<>();
  private long revision;

  void write(Declared entries) {
    declared = entries;
    revision++;
  }

  void say(Instant at, Act act) {
    said.add(new Entry(said.size() + 1L, "chef d'équipe", at, "", act));
    revision++;
  }

  @Override
  public long revision(Machine machine) {
    return revision;
  }

  @Override
  public Declared declared(Machine machine, Span span) {
    return declared;
  }

  @Override
  public ReasonJournal reasons(Machine machine) {
    return ReasonJournal.of(said);
  }

  @Override
  public ReasonTree reasonTree() {
    return DefaultReasons.tree();
  }
}
