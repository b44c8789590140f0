package fr.vigie.server.improvement;

import fr.vigie.improvement.Answer;
import fr.vigie.improvement.Measure;
import java.util.OptionalDouble;

/**
 * What became of one measure of an action.
 *
 * @param counts what a week's gain is counted in
 * @param eurosEach what one of these is worth, if somebody said
 */
public record Outcome(Measure measure, Counts counts, OptionalDouble eurosEach, Answer answer) {
  public enum Counts {
    HOURS,
    PARTS,
    KILOWATT_HOURS
  }
}
