package fr.vigie.server.ingest;

import java.time.Duration;
import java.time.Instant;

/**
 * Times of an agent that are further from the server's than they may be.
 *
 * @param ahead of the server; negative when behind
 * @param since when that was first seen, by the server's clock
 */
public record Skew(Of of, Duration ahead, Instant since) {
  /** Which times. */
  public enum Of {
    /** The agent's clock, as it told it itself. */
    CLOCK,
    /** Samples dated in the future: the clock of a device, or of an agent that does not tell it. */
    SAMPLES
  }
}
