package fr.vigie.agent.telegram;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A date of a meter: season and {@code AAMMJJhhmmss}. The season is the offset, so that the hour
 * that autumn shows twice is no question.
 *
 * @param sure false when the meter says that its clock is not
 */
public record TicDate(Instant time, boolean sure) {
  private static final Pattern FORM = Pattern.compile("[EHeh]\\d{12}");

  /** Empty when the text is no date, or one without a season. */
  public static Optional<TicDate> read(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    char season = text.charAt(0);
    try {
      LocalDateTime local =
          LocalDateTime.of(
              2000 + two(text, 1),
              two(text, 3),
              two(text, 5),
              two(text, 7),
              two(text, 9),
              two(text, 11));
      boolean summer = season == 'E' || season == 'e';
      return Optional.of(
          new TicDate(
              local.toInstant(ZoneOffset.ofHours(summer ? 2 : 1)), Character.isUpperCase(season)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }
}
