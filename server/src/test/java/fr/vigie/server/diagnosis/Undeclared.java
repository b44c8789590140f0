package fr.vigie.server.diagnosis;

import fr.vigie.reason.Act;
import fr.vigie.reason.DefaultReasons;
import fr.vigie.reason.Entry;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.plant.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A workshop in which nobody declares anything, until a test says that somebody did. */
public final class Undeclared implements Declared {
  private final List<Entry> entries = new ArrayList<>();
  private long revision;

  void changed() {
    revision++;
  }

  void say(Instant at, Act act) {
    revision++;
    entries.add(new Entry(entries.size() + 1L, "Claire", at, "", act));
  }

  @Override
  public long revision(Machine machine) {
    return revision;
  }

  @Override
  public ReasonJournal reasons(Machine machine) {
    return ReasonJournal.of(entries);
  }

  @Override
  public ReasonTree reasonTree() {
    return DefaultReasons.tree();
  }
}
