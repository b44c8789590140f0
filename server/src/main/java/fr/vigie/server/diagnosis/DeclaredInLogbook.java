package fr.vigie.server.diagnosis;

import fr.vigie.server.plant.Logbook;
import fr.vigie.server.plant.Machine;
import org.springframework.stereotype.Component;

/** What stands in the logbook. */
@Component
final class DeclaredInLogbook implements Declared {
  private final Logbook logbook;

  DeclaredInLogbook(Logbook logbook) {
    this.logbook = logbook;
  }

  @Override
  public long revision(Machine machine) {
    return logbook.revision(machine.name());
  }
}
