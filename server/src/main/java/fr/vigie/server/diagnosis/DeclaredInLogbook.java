package fr.vigie.server.diagnosis;

import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.plant.Logbook;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.ReasonBook;
import org.springframework.stereotype.Component;

/** What stands in the logbook. */
@Component
final class DeclaredInLogbook implements Declared {
  private final Logbook logbook;
  private final ReasonBook reasons;
  private final Plant plant;

  DeclaredInLogbook(Logbook logbook, ReasonBook reasons, Plant plant) {
    this.logbook = logbook;
    this.reasons = reasons;
    this.plant = plant;
  }

  @Override
  public long revision(Machine machine) {
    return logbook.revision(machine.name());
  }

  @Override
  public ReasonJournal reasons(Machine machine) {
    return reasons.journal(machine.name());
  }

  @Override
  public ReasonTree reasonTree() {
    return plant.reasons();
  }
}
