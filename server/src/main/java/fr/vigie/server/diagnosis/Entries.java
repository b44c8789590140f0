package fr.vigie.server.diagnosis;

import fr.vigie.production.Declared;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;

/** What people wrote down about machines, beside what the machines say. */
public interface Entries {
  /** Grows whenever something is written about the machine, so that earlier figures are stale. */
  long revision(Machine machine);

  /**
   * All that touches a span, or may decide on what lies in it, but the reasons: they depend on what
   * the machine did.
   */
  Declared declared(Machine machine, Span span);

  /** What people said about the machine's stops; not older than the revision asked for before. */
  ReasonJournal reasons(Machine machine);

  /** The reasons that may be given. */
  ReasonTree reasonTree();
}
