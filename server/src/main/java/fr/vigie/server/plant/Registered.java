package fr.vigie.server.plant;

import fr.vigie.improvement.Action;
import java.util.OptionalDouble;

/**
 * An action as it was registered.
 *
 * @param id by which it is asked for
 * @param every what is compared
 * @param eurosAnHour what an hour of the machine is worth, if that was said
 */
public record Registered(long id, Action action, Every every, OptionalDouble eurosAnHour) {
  /** What is compared before and after. */
  public enum Every {
    SHIFT,
    DAY
  }
}
