package fr.vigie.server.diagnosis;

import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.plant.Machine;

/** What people declared of machines, beside what the machines say. */
public interface Declared {
  /** Grows whenever something is declared of the machine, so that figures made before are stale. */
  long revision(Machine machine);

  /** What people said about the machine's stops; not older than the revision asked for before. */
  ReasonJournal reasons(Machine machine);

  /** The reasons that may be given. */
  ReasonTree reasonTree();
}
