package fr.vigie.server.diagnosis;

import fr.vigie.server.plant.Machine;

/** What people declared of machines, beside what the machines say. */
public interface Declared {
  /** Grows whenever something is declared of the machine, so that figures made before are stale. */
  long revision(Machine machine);
}
