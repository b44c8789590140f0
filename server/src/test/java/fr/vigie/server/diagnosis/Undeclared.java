package fr.vigie.server.diagnosis;

import fr.vigie.server.plant.Machine;

/** A workshop in which nobody declares anything, until a test says that somebody did. */
public final class Undeclared implements Declared {
  private long revision;

  void changed() {
    revision++;
  }

  @Override
  public long revision(Machine machine) {
    return revision;
  }
}
