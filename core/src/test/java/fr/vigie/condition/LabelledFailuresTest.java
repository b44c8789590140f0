package fr.vigie.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.column.Column;
import fr.vigie.condition.Alarm.Event;
import fr.vigie.condition.Alarm.Event.Clearance;
import fr.vigie.condition.Alarm.Event.Raise;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The real temperatures of the Numenta Anomaly Benchmark whose failures are labelled, with the rule
 * as it is for everybody: hours, a week to learn and a week to get used to. The first week of each
 * lies before any label. An alarm in the benchmark's own window about a label counts for it, any
 * other is false.
 */
class LabelledFailuresTest {
  private static final Path FOLDER =
      Path.of("..", "..", "shared", "data", "nab-machine-temperature");

  /** The windows and the labels in them, from the benchmark's own files. */
  private record Failure(Span window, Instant label) {
    static Failure of(String from, String to, String label) {
      return new Failure(new Span(instant(from), instant(to)), instant(label));
    }
  }

  @Test
  void theFailuresOfTheMachineShowBeforeTheyAreLabelled() throws IOException {
    List<Failure> failures =
        List.of(
            Failure.of("2013-12-10 06:25:00", "2013-12-12 05:35:00", "2013-12-11 06:00:00"),
            Failure.of("2013-12-15 17:50:00", "2013-12-17 17:00:00", "2013-12-16 17:25:00"),
            Failure.of("2014-01-27 14:20:00", "2014-01-29 13:30:00", "2014-01-28 13:55:00"),
            Failure.of("2014-02-07 14:55:00", "2014-02-09 14:05:00", "2014-02-08 14:30:00"));
    Column column = column("machine_temperature_system_failure.csv");

    Found found = look("machine", column, failures);

    assertThat(found.leads()).allSatisfy(lead -> assertThat(lead).isPresent());
    assertThat(found.leads()).allSatisfy(lead -> assertThat(lead.orElseThrow()).isPositive());
    assertThat(found.falseAMonth()).isLessThan(1);
  }

  /** Told, not hidden: an office's slow swings are as large as what happened to it. */
  @Test
  void theOfficeTemperatureAlarmsFalselyLessThanOnceAMonth() throws IOException {
    List<Failure> failures =
        List.of(
            Failure.of("2013-12-15 07:00:00", "2013-12-30 09:00:00", "2013-12-22 20:00:00"),
            Failure.of("2014-03-29 15:00:00", "2014-04-20 22:00:00", "2014-04-13 09:00:00"));

    Found found = look("office", column("ambient_temperature_system_failure.csv"), failures);

    assertThat(found.falseAMonth()).isLessThan(1);
  }

  @Test
  void theFirstValuesAreAsCorrelatedAsPublished() throws IOException {
    Column column = column("machine_temperature_system_failure.csv");
    double sum = 0;
    for (int i = 0; i < 2000; i++) {
      sum += column.number(i);
    }
    assertThat(sum / 2000).isCloseTo(80.29473524623499, within(1e-9));
  }

  /**
   * @param leads how long before its label each failure was told of, when it was
   */
  private record Found(List<Optional<Duration>> leads, int falseAlarms, double falseAMonth) {}

  private static Found look(String what, Column column, List<Failure> failures) {
    Drift drift = Drift.of(Drift.Rule.USUAL, Drift.means(column, Duration.ofHours(1)));
    List<Optional<Duration>> leads = new ArrayList<>();
    for (Failure failure : failures) {
      Optional<Duration> lead =
          raises(drift).stream()
              .filter(failure.window()::contains)
              .findFirst()
              .map(at -> Duration.between(at, failure.label()));
      leads.add(lead);
      System.out.printf(
          "%s: labelled %s, told %s%n",
          what,
          failure.label(),
          lead.map(it -> it.toMinutes() / 60.0 + " h before").orElse("not within its window"));
    }
    int falseAlarms = 0;
    for (Instant raise : raises(drift)) {
      boolean inWindow = failures.stream().anyMatch(it -> it.window().contains(raise));
      falseAlarms += inWindow ? 0 : 1;
      if (!inWindow) {
        System.out.printf("%s: false alarm %s%n", what, raise);
      }
    }
    Instant learned = column.time(0).plus(Drift.Rule.USUAL.learn());
    double months =
        Duration.between(learned, column.time(column.size() - 1)).toHours() / (365.25 * 2);
    double on = drifting(drift, column.time(column.size() - 1)).toHours() / (months * 730.5);
    System.out.printf(
        "%s: %s, %d false alarms in %.1f months, %.2f a month, drifting %.0f %% of the time%n",
        what, drift.usual().orElseThrow(), falseAlarms, months, falseAlarms / months, 100 * on);
    return new Found(leads, falseAlarms, falseAlarms / months);
  }

  private static List<Instant> raises(Drift drift) {
    return drift.events().stream().filter(Raise.class::isInstance).map(Event::at).toList();
  }

  private static Duration drifting(Drift drift, Instant end) {
    Duration sum = Duration.ZERO;
    for (Event event : drift.events()) {
      if (event instanceof Clearance clearance) {
        sum = sum.plus(Duration.between(clearance.raised(), clearance.at()));
      }
    }
    if (drift.alarm() instanceof Alarm.Raised raised) {
      sum = sum.plus(Duration.between(raised.raised(), end));
    }
    return sum;
  }

  private static Column column(String file) throws IOException {
    assumeTrue(Files.exists(FOLDER.resolve(file)), "the labelled failures are not here");
    Column.Builder column = Column.numbers();
    List<String> lines = Files.readAllLines(FOLDER.resolve(file));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      column.add(Nanos.of(instant(cells[0])), Double.parseDouble(cells[1]), Quality.GOOD);
    }
    return column.build();
  }

  private static Instant instant(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }
}
