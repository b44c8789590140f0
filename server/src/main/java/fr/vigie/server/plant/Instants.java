package fr.vigie.server.plant;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Reads instants that people and programs write. Those far from all machines are refused, so that
 * nothing that is added to one or taken from it leaves what nanoseconds since 1970 can say.
 */
public final class Instants {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  private Instants() {}

  /**
   * @param text of ISO 8601, with an offset or Z
   * @throws DateTimeException when it is none, or lies before 1970 or after 2199
   */
  public static Instant parse(String text) {
    Instant instant = OffsetDateTime.parse(text).toInstant();
    if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
      throw new DateTimeException("from 1970 to 2199, found " + text);
    }
    return instant;
  }
}
