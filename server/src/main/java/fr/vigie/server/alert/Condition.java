package fr.vigie.server.alert;

import fr.vigie.condition.Limit;
import fr.vigie.production.MachineState;
import java.util.Set;

/** What must be the case for an alert. */
sealed interface Condition {
  /** A signal of numbers is beyond a limit. */
  record Beyond(String signal, Limit limit) implements Condition {}

  /** A signal of texts says this. */
  record Says(String signal, String text) implements Condition {}

  /** A signal has no value. */
  record Missing(String signal) implements Condition {}

  /** The machine is in one of these states. */
  record In(Set<MachineState> states) implements Condition {
    public In {
      states = Set.copyOf(states);
    }
  }

  /** A figure of the shift that is on is beyond a limit, 1 being 100 %. */
  record FigureBeyond(Figure figure, Limit limit) implements Condition {}

  /** Nothing comes of an agent. */
  record Silent() implements Condition {}

  /** The times of an agent are wrong. */
  record WrongClock() implements Condition {}

  /** An agent declared readings lost. */
  record Losses() implements Condition {}

  /** Whether it is about agents, and not about machines. */
  default boolean isOfAgents() {
    return this instanceof Silent || this instanceof WrongClock || this instanceof Losses;
  }

  /** Whether it makes sense outside of shifts, too, unless the rule says otherwise. */
  default boolean isAlways() {
    return !(this instanceof In || this instanceof FigureBeyond);
  }
}
