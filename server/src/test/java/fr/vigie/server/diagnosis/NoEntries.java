package fr.vigie.server.diagnosis;

import fr.vigie.production.Declared;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;

/** A logbook in which nobody writes, until a test says that somebody did. */
public final class NoEntries implements Entries {
  private Declared declared = Declared.NOTHING;
  private long revision;

  void write(Declared entries) {
    declared = entries;
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
}
