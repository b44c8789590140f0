package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A workshop's day in seconds from its start: {@code "0 ACTIVE, 12.5 READY, 30 -"}. */
public final class Shop {
  public static final Instant START = Instant.parse("2026-03-02T05:00:00Z");
  public static final Map<String, MachineState> STATES =
      Map.of(
          "ACTIVE", MachineState.RUNNING,
          "READY", MachineState.IDLE,
          "ALARM", MachineState.STOPPED,
          "OFF", MachineState.OFF,
          "UNAVAILABLE", MachineState.UNOBSERVED);

  private Shop() {}

  public static Instant at(double seconds) {
    return START.plusNanos(Math.round(seconds * 1e9));
  }

  public static Span span(double from, double to) {
    return new Span(at(from), at(to));
  }

  public static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** Texts at their seconds; {@code -} is a missing sample. */
  public static Column texts(String said) {
    Column.Builder builder = Column.texts();
    for (String sample : said.split(", ?")) {
      String[] words = sample.split(" ");
      long time = Nanos.of(at(Double.parseDouble(words[0])));
      if (words[1].equals("-")) {
        builder.addMissing(time);
      } else {
        builder.add(time, words[1], Quality.GOOD);
      }
    }
    return builder.build();
  }

  /** Numbers at their seconds; {@code -} is a missing sample. */
  public static Column numbers(String said) {
    Column.Builder builder = Column.numbers();
    for (String sample : said.split(", ?")) {
      String[] words = sample.split(" ");
      long time = Nanos.of(at(Double.parseDouble(words[0])));
      if (words[1].equals("-")) {
        builder.addMissing(time);
      } else {
        builder.add(time, Double.parseDouble(words[1]), Quality.GOOD);
      }
    }
    return builder.build();
  }

  public static StateRule.Texts rule(double dwell) {
    return new StateRule.Texts(STATES, MachineState.UNOBSERVED, seconds(dwell));
  }

  /** A timeline in the words that {@link #texts} reads, and its end. */
  public static String told(Timeline timeline) {
    List<String> words =
        timeline.periods().stream()
            .map(period -> second(period.span().start()) + " " + period.state())
            .toList();
    return String.join(", ", words) + ", " + second(timeline.span().end());
  }

  private static String second(Instant instant) {
    double seconds = Duration.between(START, instant).toNanos() / 1e9;
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }
}
