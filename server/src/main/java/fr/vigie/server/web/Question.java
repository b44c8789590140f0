package fr.vigie.server.web;

import fr.vigie.server.plant.Instants;
import fr.vigie.time.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Reads the parts of a question that come as text. */
final class Question {
  static final int MOST_DAYS = 400;

  private Question() {}

  /** The span asked for; each end that was not given is taken from {@code otherwise}. */
  static Span span(Optional<String> from, Optional<String> to, Span otherwise) {
    Instant start = from.map(Question::instant).orElse(otherwise.start());
    Instant end = to.map(Question::instant).orElse(otherwise.end());
    if (!start.isBefore(end) && !(from.isEmpty() && to.isEmpty())
        || Duration.between(start, end).compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
      throw Problem.wrong("problem.span", MOST_DAYS);
    }
    return new Span(start, end);
  }

  static Instant instant(String text) {
    try {
      return Instants.parse(text);
    } catch (DateTimeException e) {
      throw Problem.wrong("problem.instant", shortened(text));
    }
  }

  /** A width such as {@code 30s}, {@code 5m}, {@code 1h} or {@code 1d}, in at most so many. */
  static Duration width(String text, Span span, int most) {
    Duration width = Duration.ZERO;
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.matches("[0-9]{1,9}(ms|s|m|h|d)")) {
      long number = Long.parseLong(lower.replaceAll("[a-z]", ""));
      width =
          switch (lower.replaceAll("[0-9]", "")) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
    }
    if (width.isZero() || span.length().dividedBy(width) > most) {
      throw Problem.wrong("problem.width", shortened(text), most);
    }
    return width;
  }

  static String shortened(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
