package fr.vigie.improvement;

import java.time.Instant;
import java.util.SortedSet;

/** Why before and after cannot be compared. */
public sealed interface Objection {
  /** Too few units on one side. */
  record TooFew(int before, int after, int wanted) implements Objection {}

  /**
   * Each unit follows so closely from the one before it that they are raw samples rather than
   * shifts or days.
   *
   * @param effective as many independent ones tell as much
   * @param correlation of a unit with the one before it
   */
  record Dependent(int units, double effective, double correlation) implements Objection {}

  /** Something was measured or reckoned in another way: the names of the conditions. */
  record OtherConditions(SortedSet<String> names) implements Objection {}

  /** More or less was observed, as shares of required time. */
  record OtherCoverage(double before, double after) implements Objection {}

  /**
   * The time that was registered is not over: whoever may stop as soon as he likes what he sees
   * will see it sooner or later.
   */
  record NotOver(Instant until) implements Objection {}
}
