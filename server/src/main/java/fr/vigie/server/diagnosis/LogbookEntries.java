package fr.vigie.server.diagnosis;

import fr.vigie.production.Declared;
import fr.vigie.server.plant.Logbook;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Orders;
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

  LogbookEntries(Logbook logbook, Orders orders, Rejected rejected) {
    this.logbook = logbook;
    this.orders = orders;
    this.rejected = rejected;
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
}
