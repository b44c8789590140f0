package fr.vigie.improvement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was decided to make a machine better, written down before anybody can know whether it did.
 *
 * @param what in the words of who decided it
 * @param machine on which
 * @param control a machine of the same kind to which nothing is done, if there is one
 * @param measures what it is to change, none twice
 * @param registered when all of this was written down
 */
public record Action(
    String what,
    String machine,
    Optional<String> control,
    List<Measure> measures,
    Course course,
    Instant registered) {
  /**
   * @throws IllegalArgumentException when nothing is said, no measure or one twice is named, or the
   *     machine is its own control
   */
  public Action {
    measures = List.copyOf(measures);
    if (what.isBlank()
        || measures.isEmpty()
        || measures.stream().distinct().count() < measures.size()) {
      throw new IllegalArgumentException("an action '" + what + "' for " + measures);
    }
    if (control.filter(machine::equals).isPresent()) {
      throw new IllegalArgumentException("a machine is no control of itself: " + machine);
    }
  }

  /** Whether it was written down before the works began; otherwise its result was to be known. */
  public boolean isRegisteredBeforehand() {
    return !registered.isAfter(course.worksStart());
  }
}
