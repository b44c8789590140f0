package fr.vigie.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a board's time.
 *
 * @param source who says what time it is
 * @param since when that became known, or when the board's session began while it is not
 * @param uncertainty at most this far from the truth when it became known; zero while nothing is
 * @param correction what had to be added to the time that the board believed before it was known
 * @param server the server's time less the board's when the server was last asked
 * @param steps how often the clock has jumped since the start
 * @param lastStep the last jump, when there was one
 */
public record ClockState(
    Source source,
    Instant since,
    Duration uncertainty,
    Duration correction,
    Optional<Duration> server,
    long steps,
    Optional<Step> lastStep) {
  /** Who says what time it is. */
  public enum Source {
    /** Nobody yet: readings wait for their date. */
    NONE,
    /** The server, when it was asked. */
    SERVER,
    /** The board's own clock, which is synchronised or trusted. */
    SYSTEM
  }

  /** A jump of the clock: by how much, forwards when positive, and when, by the new time. */
  public record Step(Duration by, Instant at) {}

  public boolean isKnown() {
    return source != Source.NONE;
  }
}
