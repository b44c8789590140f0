package fr.vigie.improvement;

import java.util.List;
import java.util.Optional;

/**
 * Whether one measure went the way it was meant to.
 *
 * @param wanted which way
 * @param units of the machine, in order of time
 * @param control units of the control machine, if there is one; those with the same span belong
 *     together
 * @param leastCoverage units of which less was observed do not count, 0 to 1
 */
public record Question(
    Measure.Direction wanted,
    List<Unit> units,
    Optional<List<Unit>> control,
    double leastCoverage) {
  public Question {
    units = List.copyOf(units);
    control = control.map(List::copyOf);
  }
}
