package fr.vigie.server.explain;

import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Machine;
import java.util.function.Predicate;

/**
 * What a machine's description has to say before a figure of it can be, in the order in which a
 * reader is told of it.
 */
public enum Need {
  METER(machine -> machine.instruments().meter().isPresent()),
  /** Of a kWh. */
  PRICE(machine -> machine.instruments().meter().flatMap(Meter::price).isPresent()),
  /** Of an hour. */
  COST(machine -> machine.rules().cost().isPresent()),
  /** Without it all time is required and none is closed. */
  SHIFTS(machine -> machine.rules().calendar().isPresent()),
  /** Signals that tell of its condition. */
  CONDITION(machine -> !machine.instruments().watched().isEmpty());

  private final Predicate<Machine> met;

  Need(Predicate<Machine> met) {
    this.met = met;
  }

  boolean isMetBy(Machine machine) {
    return met.test(machine);
  }
}
