package fr.vigie.condition;

import java.time.Instant;

/**
 * Where an alarm stands between two judgements; see {@link HoldOff#step}. Everything that the next
 * step needs is in it, so that it may be stored.
 */
public sealed interface Alarm {
  /** Of something of which nothing is known yet. */
  Alarm NONE = new Clear(Instant.MIN);

  /**
   * Nothing is the matter.
   *
   * @param quietUntil no alarm is raised before
   */
  record Clear(Instant quietUntil) implements Alarm {}

  /**
   * Bad, but not for long enough.
   *
   * @param since when it became bad
   * @param quietUntil no alarm is raised before
   */
  record Pending(Instant since, Instant quietUntil) implements Alarm {}

  /**
   * @param since when it became bad
   * @param raised when the alarm was raised
   */
  record Raised(Instant since, Instant raised) implements Alarm {}

  /**
   * Raised, and fine again, but not for long enough.
   *
   * @param raised the alarm that is on
   * @param fineSince when it became fine
   */
  record Clearing(Raised raised, Instant fineSince) implements Alarm {}

  /** A change that people are told of. */
  sealed interface Event {
    Instant at();

    /**
     * @param since when it became bad
     */
    record Raise(Instant at, Instant since) implements Event {}

    /**
     * @param raised when the alarm that ends was raised
     */
    record Clearance(Instant at, Instant raised) implements Event {}
  }

  default boolean isRaised() {
    return this instanceof Raised || this instanceof Clearing;
  }
}
