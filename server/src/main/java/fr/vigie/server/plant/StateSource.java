package fr.vigie.server.plant;

import fr.vigie.production.MachineState;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/** From which signal, and how, the state of a machine is read. */
public sealed interface StateSource {
  String signal();

  /** How long a new state must last before it counts. */
  Duration dwell();

  /** A signal of texts, each with its meaning. */
  record Texts(
      String signal, Map<String, MachineState> values, MachineState otherwise, Duration dwell)
      implements StateSource {
    public Texts {
      values = Map.copyOf(values);
    }
  }

  /**
   * A signal of numbers with hysteresis, such as a motor's current.
   *
   * @param runningAbove at or above it the machine starts to run
   * @param runningBelow below it the machine stops running
   * @param offBelow below it the machine is off; empty when that cannot be told
   */
  record Numbers(
      String signal,
      double runningAbove,
      double runningBelow,
      OptionalDouble offBelow,
      Duration dwell)
      implements StateSource {}
}
