package fr.vigie.server.diagnosis;

import fr.vigie.production.Declared;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.plant.Logbook;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Orders;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.ReasonBook;
import fr.vigie.server.plant.Rejected;
import fr.vigie.time.Span;
import java.util.List;
import org.springframework.stereotype.Component;

/** What stands in the logbook. */
@Component
final class LogbookEntries implements Entries {
  private final Logbook logbook;
  private final Orders orders;
  private final Rejected rejected;
  private final ReasonBook reasons;
  private final Plant plant;

  LogbookEntries(
      Logbook logbook, Orders orders, Rejected rejected, ReasonBook reasons, Plant plant) {
    this.logbook = logbook;
    this.orders = orders;
    this.rejected = rejected;
    this.reasons = reasons;
    this.plant = plant;
  }

  @Override
  public long revision(Machine machine) {
    return logbook.revision(machine.name());
  }

  @Override
  public Declared declared(Machine machine, Span span) {
    return new Declared(
        orders.inForce(machine.name(), span), rejected.inForce(machine.name(), span), List.of());
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
