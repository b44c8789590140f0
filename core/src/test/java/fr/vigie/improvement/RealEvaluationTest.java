package fr.vigie.improvement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.statistics.Burst;
import fr.vigie.time.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real machines: one whose samples say less than they seem to, and a fan that was balanced. */
class RealEvaluationTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final Path TEMPERATURE =
      DATA.resolve("nab-machine-temperature/machine_temperature_system_failure.csv");
  private static final Path FAN = DATA.resolve("uci-fan-accelerometer/accelerometer.csv.gz");
  private static final Instant START = Instant.parse("2026-03-02T05:00:00Z");

  @Test
  void rawSamplesOfAMachineAreRefusedBecauseTwoThousandTellAsMuchAsNine() throws IOException {
    List<Double> raw = temperatures().limit(4_000).map(row -> Double.valueOf(row[1])).toList();

    Answer answer = ask(raw.subList(0, 2_000), raw.subList(2_000, 4_000));

    assertThat(answer.verdict()).isEmpty();
    Objection first = answer.objections().get(0);
    assertThat(first).isInstanceOf(Objection.Dependent.class);
    Objection.Dependent dependent = (Objection.Dependent) first;
    assertThat(dependent.units()).isEqualTo(2_000);
    assertThat(dependent.effective()).isCloseTo(8.72, within(0.005));
    assertThat(dependent.correlation()).isCloseTo(0.9913192672593758, within(1e-9));
  }

  @Test
  void daysOfTheSameMachineAreComparedAndNothingIsProved() throws IOException {
    Answer answer = ask(days("2013-12-18", "2014-01-05"), days("2014-01-08", "2014-01-26"));

    assertThat(answer.objections()).isEmpty();
    assertThat(answer.verdict()).hasValue(Verdict.INCONCLUSIVE);
    Effect effect = answer.effect().orElseThrow();
    assertThat(effect.size().before()).isCloseTo(90.16600090814143, within(1e-9));
    assertThat(effect.size().after()).isCloseTo(87.43473321377193, within(1e-9));
    assertThat(effect.certainty().pValue()).as("Welch without correlation").isGreaterThan(0.1678);
    assertThat(effect.certainty().smallestVisible())
        .isGreaterThan(Math.abs(effect.size().difference()));
  }

  private static List<Double> days(String first, String last) throws IOException {
    return List.copyOf(
        temperatures()
            .collect(
                Collectors.groupingBy(
                    row -> row[0].substring(0, 10),
                    TreeMap::new,
                    Collectors.averagingDouble(row -> Double.parseDouble(row[1]))))
            .subMap(first, true, last, true)
            .values());
  }

  private static Stream<String[]> temperatures() throws IOException {
    assumeTrue(Files.exists(TEMPERATURE), () -> "SKIPPED: no real " + TEMPERATURE.normalize());
    return Files.readAllLines(TEMPERATURE).stream().skip(1).map(line -> line.split(","));
  }

  /**
   * Each unit is one axis of one run of a minute: pieces of a run tell of that run only, and would
   * make every two runs differ.
   */
  @Test
  void balancingTheFanIsDemonstratedAtHighSpeedAndNotToBeSeenAtLowSpeed() throws IOException {
    Map<String, Burst> runs = fan();

    Answer fast = ask(shaking(runs, 1, 70, 100), shaking(runs, 3, 70, 100));
    assertThat(fast.verdict()).hasValue(Verdict.DEMONSTRATED);
    assertThat(fast.before()).isEqualTo(21);
    assertThat(fast.effect().orElseThrow().size().relative().orElseThrow()).isBetween(-1.0, -0.85);
    Answer slow = ask(shaking(runs, 1, 20, 35), shaking(runs, 3, 20, 35));
    assertThat(slow.verdict()).hasValue(Verdict.INCONCLUSIVE);
    assertThat(slow.before()).isEqualTo(12);
    assertThat(slow.effect().orElseThrow().certainty().welch().contains(0)).isTrue();
    assertThat(slow.effect().orElseThrow().certainty().bootstrap().contains(0)).isTrue();
  }

  /** The RMS of every axis at every speed in m/s², by speed and axis. */
  private static List<Double> shaking(Map<String, Burst> runs, int weights, int from, int to) {
    List<Double> shaking = new ArrayList<>();
    for (int speed = from; speed <= to; speed += 5) {
      for (int axis = 0; axis < 3; axis++) {
        shaking.add(
            Optional.ofNullable(runs.get(weights + "," + speed + ',' + axis)).orElseThrow().rms());
      }
    }
    return shaking;
  }

  private static Map<String, Burst> fan() throws IOException {
    assumeTrue(Files.exists(FAN), () -> "SKIPPED: no real " + FAN.normalize());
    Map<String, List<Double>> runs = new TreeMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FAN)), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(
              cells -> {
                for (int axis = 0; axis < 3; axis++) {
                  runs.computeIfAbsent(
                          cells[0] + ',' + cells[1] + ',' + axis, run -> new ArrayList<>())
                      .add(Double.valueOf(cells[2 + axis]));
                }
              });
    }
    return runs.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                run ->
                    Burst.ofGravities(
                        run.getValue().stream().mapToDouble(each -> each).toArray(), 50)));
  }

  /** One unit a day, which are all alike in weight; less is better. */
  private static Answer ask(List<Double> before, List<Double> after) {
    List<Unit> units = new ArrayList<>();
    Stream.concat(before.stream(), after.stream())
        .forEach(
            value -> {
              Instant start = START.plus(Duration.ofDays(units.size()));
              Span day = new Span(start, start.plus(Duration.ofDays(1)));
              units.add(new Unit(day, value, 1, 1, Map.of()));
            });
    Instant middle = START.plus(Duration.ofDays(before.size()));
    Instant end = START.plus(Duration.ofDays(units.size()));
    Course course = new Course(new Span(START, middle), new Span(middle, end), List.of());
    Question question = new Question(Measure.Direction.DOWN, units, Optional.empty(), 0.9);
    return Evaluation.of(course, List.of(question), end).get(0);
  }
}
