package fr.vigie.agent.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.agent.refine.Readings.Memory;
import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class LearnedStatesTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final Signal CURRENT = new Signal("press", "current", Kind.GAUGE, "A");
  private static final List<String> THREE = List.of("off", "idle", "working");
  private static final List<String> TWO = List.of("off", "working");
  private static final Instant START = Readings.START;
  private static final long SECOND = 1_000_000_000L;

  @Test
  void offIdleAndWorkingAreToldApartInEveryMixture() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      double idle = 0.3 * Math.pow(10, 1.5 * random.nextDouble());
      double work = idle * (2.2 + 5 * random.nextDouble());
      double noise = 0.01 + 0.005 * random.nextDouble();
      int[] times = {1 + random.nextInt(20), 1 + random.nextInt(20), 1 + random.nextInt(20)};
      Loads loads = new Loads();
      add(loads, times[0], () -> Math.abs(noise * random.nextGaussian()));
      add(loads, times[1], () -> idle * (1 + 0.05 * random.nextGaussian()));
      add(loads, times[2], () -> work * (1 + 0.08 * random.nextGaussian()));

      Lesson lesson = concluded(loads, THREE);

      String as = "seed %d, idle %f, work %f: %s".formatted(seed, idle, work, lesson.refusal());
      assertThat(lesson.thresholds()).as(as).hasSize(2);
      assertThat(lesson.thresholds().get(0)).as(as).isBetween(4 * noise, idle * 0.85);
      assertThat(lesson.thresholds().get(1)).as(as).isBetween(idle * 1.15, work * 0.85);
    }
  }

  @Test
  void theStepsOfAConverterAreNoLevels() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    double step = 0.00568;
    Loads loads = new Loads();
    add(loads, 100, () -> step * random.nextInt(4));
    add(loads, 100, () -> step * Math.round(2 * (1 + 0.1 * random.nextGaussian()) / step));

    Lesson lesson = concluded(loads, TWO);

    assertThat(lesson.thresholds()).as("seed " + seed).hasSize(1);
    assertThat(lesson.thresholds().get(0)).as("seed " + seed).isBetween(0.05, 1.5);
  }

  @Test
  void oneLevelIsRefusedWithTheReason() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Loads loads = new Loads();
    add(loads, 1000, () -> 4.2 * (1 + 0.1 * random.nextGaussian()));

    Lesson lesson = concluded(loads, TWO);

    assertThat(lesson.thresholds()).as("seed " + seed).isEmpty();
    assertThat(lesson.refusal())
        .as("seed " + seed)
        .contains("one level only, about 4.")
        .contains("A")
        .contains("[off, working]");
  }

  @Test
  void twoLevelsForThreeNamesAreRefusedWithBoth() {
    Loads loads = new Loads();
    add(loads, 10, () -> 0.01);
    add(loads, 10, () -> 5);

    assertThat(concluded(loads, THREE).refusal()).contains("2 levels").contains("5.0");
    assertThat(concluded(loads, TWO).thresholds()).hasSize(1);
  }

  @Test
  void ofMoreLevelsThanNamesTheDeepestValleysRemain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Loads loads = new Loads();
    add(loads, 100, () -> 0.02 * random.nextDouble());
    add(loads, 100, () -> 4 * (1 + 0.1 * random.nextGaussian()));
    add(loads, 100, () -> 7 * (1 + 0.1 * random.nextGaussian()));

    Lesson lesson = concluded(loads, TWO);

    assertThat(lesson.thresholds()).as("seed " + seed).hasSize(1);
    assertThat(lesson.thresholds().get(0)).as("seed " + seed).isBetween(0.02, 3.0);
  }

  @Test
  void startingCurrentsAreNoLevel() {
    Loads loads = new Loads();
    add(loads, 1000, () -> 0.01);
    add(loads, 1000, () -> 3);
    loads.add(30, 5 * SECOND);

    assertThat(concluded(loads, THREE).refusal()).contains("2 levels");
  }

  @Test
  void aSignalThatWasAlwaysZeroIsRefused() {
    Loads loads = new Loads();
    add(loads, 10, () -> 0);

    assertThat(concluded(loads, TWO).refusal()).contains("zero");
    assertThat(new Picture(CURRENT, concluded(loads, TWO)).svg()).contains("zero");
  }

  @Test
  void whatIsLearnedIsUsedFromThenOnAndAfterARestart() {
    States states = learn(Duration.ofHours(1));
    Readings readings = new Readings(CURRENT, Rules.NONE.states(states).build());
    work(readings, 0, 3500);
    assertThat(readings.told("current.state")).isEmpty();
    work(readings, 3500, 3800);
    assertThat(readings.told("current.state")).isNotEmpty();
    assertThat(readings.notebook.kept).isEqualTo(24);

    Readings after = new Readings(CURRENT, Rules.NONE.states(states).build(), readings.notebook);
    after.read(10_000, 0.01);

    assertThat(after.told("current.state")).containsExactly("10000=off");
    assertThat(after.notebook.kept).isZero();
  }

  @Test
  void aRestartWhileLearningCostsNoMoreThanTheLastNote() {
    States states = learn(Duration.ofHours(1));
    Readings before = new Readings(CURRENT, Rules.NONE.states(states).build());
    work(before, 0, 1800);
    Readings after = new Readings(CURRENT, Rules.NONE.states(states).build(), before.notebook);
    work(after, 10_000, 12_100);

    assertThat(after.told("current.state")).isNotEmpty();
    assertThat(lesson(after.notebook).from()).isEqualTo(START);
  }

  @Test
  void otherNamesAreLearnedFromWhatWasSeen() {
    Readings before = new Readings(CURRENT, Rules.NONE.states(learn(Duration.ofHours(1))).build());
    work(before, 0, 3700);
    States two = new States(Optional.of(Duration.ofHours(1)), List.of(), TWO, 0.2, Duration.ZERO);
    Readings after = new Readings(CURRENT, Rules.NONE.states(two).build(), before.notebook);

    assertThat(after.read(10_000, 5).told("current.state")).containsExactly("10000=working");
  }

  @Test
  void timeWithoutSamplesIsNotLearnedFrom() {
    Readings readings =
        new Readings(CURRENT, Rules.NONE.states(learn(Duration.ofHours(1))).build());
    for (int i = 0; i < 50; i++) {
      readings.read(i * 3600.0, i % 3);
    }

    assertThat(readings.told("current.state")).isEmpty();
  }

  @Test
  void aLessonSurvivesItsText() {
    Loads loads = new Loads();
    add(loads, 10, () -> 0.01);
    add(loads, 10, () -> 5);
    Lesson lesson = concluded(loads, TWO);

    assertThat(Lesson.parse(lesson.toString())).hasToString(lesson.toString());
    assertThat(Lesson.parse(lesson.toString()).thresholds()).isEqualTo(lesson.thresholds());
  }

  @Test
  void aBrokenTextIsRefused() {
    String right = concluded(someLoads(), TWO).toString();
    for (String broken :
        List.of(
            "",
            "vigie-states 2\n",
            right.replace("from 2", "from x"),
            right + "load 9999 1\n",
            right + "load 3\n",
            right + "load a b\n",
            right + "threshold\n",
            right + "what\n")) {
      assertThatThrownBy(() -> Lesson.parse(broken))
          .as(broken)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void thePicturesShowTheHeapsTheThresholdsAndTheDates() {
    Picture picture = new Picture(CURRENT, concluded(someLoads(), TWO));

    assertThat(picture.text())
        .contains("press/current: 2.0 h seen, 2026-11-24T08:00:00Z to 2026-11-25T08:00:00Z")
        .contains("off below")
        .contains("off / working")
        .contains("1.00 ####");
    assertThat(picture.text().lines()).allMatch(line -> line.length() <= 100);
    assertThat(picture.svg())
        .startsWith("<svg")
        .endsWith("</svg>\n")
        .contains("press/current")
        .contains("stroke=\"#c03028\"")
        .contains(">working</text>");
  }

  @Test
  void aSteelMillsPowerHasLevels() throws IOException {
    Path file = DATA.resolve("steel-energy").resolve("Steel_industry_data.csv.gz");
    assumeTrue(Files.exists(file), () -> file + " is absent: the public data is not part of this");
    Loads loads = new Loads();
    Map<String, List<Double>> kilowatts = new HashMap<>();
    for (String line : lines(file)) {
      String[] cells = line.split(",");
      if (!cells[0].contains("date")) {
        double power = 4 * Double.parseDouble(cells[1]);
        loads.add(power, 900 * SECOND);
        kilowatts.computeIfAbsent(cells[10], first -> new ArrayList<>()).add(power);
      }
    }

    Lesson lesson = concluded(loads, TWO);

    assertThat(lesson.thresholds()).as(lesson.refusal()).hasSize(1);
    double threshold = lesson.thresholds().get(0);
    assertThat(threshold).isBetween(30.0, 100.0);
    assertThat(partAbove(threshold, kilowatts.get("Light_Load"))).isLessThan(0.25);
    assertThat(partAbove(threshold, kilowatts.get("Maximum_Load"))).isGreaterThan(0.75);
  }

  private static double partAbove(double threshold, List<Double> values) {
    return (double) values.stream().filter(value -> value > threshold).count() / values.size();
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static Loads someLoads() {
    Loads loads = new Loads();
    loads.add(0.01, 3600 * SECOND);
    loads.add(5, 3600 * SECOND);
    return loads;
  }

  private static Lesson lesson(Memory notebook) {
    return notebook.find(CURRENT).orElseThrow();
  }

  private static States learn(Duration span) {
    return new States(Optional.of(span), List.of(), THREE, 0.2, Duration.ZERO);
  }

  /** A machine that is off, idle and working in turn, a minute each. */
  private static void work(Readings readings, int from, int to) {
    double[] levels = {0.01, 1.2, 5};
    for (int i = from; i < to; i++) {
      readings.read(i, levels[i / 60 % 3] * (1 + 0.03 * Math.sin(i)));
    }
  }

  private static void add(Loads loads, int times, DoubleSupplier value) {
    for (int i = 0; i < 100 * times; i++) {
      loads.add(value.getAsDouble(), SECOND);
    }
  }

  private static Lesson concluded(Loads loads, List<String> names) {
    return Lesson.concluded(loads, START, START.plus(Duration.ofDays(1)), names, "A");
  }
}
