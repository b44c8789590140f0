package fr.vigie.production;

import java.time.Instant;

/**
 * Parts that somebody declared not to be good, often long after they were made. They lower the
 * quality of the time at which they were made, and add to what the scrap signal counts.
 *
 * @param at when they were made
 * @param recorded when it was said
 * @param parts from 1 to {@link #MOST}
 */
public record Declaration(Instant at, Instant recorded, Kind kind, long parts) {
  public static final long MOST = 1_000_000_000;

  /** What became of the parts. */
  public enum Kind {
    /** Thrown away. */
    SCRAP,
    /** Thrown away while the machine was starting up. */
    START_UP,
    /** Good only after more work; not good the first time. */
    REWORK
  }

  /**
   * @throws IllegalArgumentException when no part is declared, or more than {@link #MOST}
   */
  public Declaration {
    if (parts < 1 || parts > MOST) {
      throw new IllegalArgumentException(
          "declared parts: found " + parts + ", wanted 1 to " + MOST);
    }
  }

  Rejects rejects() {
    return switch (kind) {
      case SCRAP -> new Rejects(parts, 0, 0);
      case START_UP -> new Rejects(0, parts, 0);
      case REWORK -> new Rejects(0, 0, parts);
    };
  }
}
