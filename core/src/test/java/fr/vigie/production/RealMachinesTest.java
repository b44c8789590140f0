package fr.vigie.production;

import static fr.vigie.production.MachineState.IDLE;
import static fr.vigie.production.MachineState.RUNNING;
import static fr.vigie.production.MachineState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.column.Column;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealMachinesTest {
  private static final Map<String, MachineState> HURCO =
      Map.of(
          "ACTIVE", RUNNING,
          "READY", IDLE,
          "PROGRAM_COMPLETED", IDLE,
          "FEED_HOLD", STOPPED,
          "PROGRAM_STOPPED", STOPPED,
          "STOPPED", STOPPED);

  private static Inputs inputs(MachineLog log) {
    return Inputs.until(log.span().end())
        .state(log.texts("Program_Status"))
        .parts(log.numbers("Part_Count"))
        .build();
  }

  private static MachineRules rules(Duration dwell, Duration microStop) {
    return MachineRules.of(new StateRule.Texts(HURCO, IDLE, dwell))
        .parts(PartsRule.Counter.plain())
        .cycle(new CycleRule("ACTIVE", "PROGRAM_COMPLETED"))
        .referenceCycle(Duration.ofMinutes(18))
        .microStop(microStop)
        .build();
  }

  @Test
  void hurcoShiftIsAccountedForToTheMillisecond() {
    MachineLog log = MachineLog.read("hurco/2-1-2017-Hurco04-Clean.txt.gz");

    Figures figures =
        Production.figures(rules(Duration.ZERO, Duration.ofMinutes(1)), inputs(log), log.span());

    Map<String, Long> millis = new TreeMap<>();
    figures.rawStates().times().forEach((text, time) -> millis.put(text, roundedMillis(time)));
    assertThat(millis)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "READY", 6_092_938L,
                "ACTIVE", 10_472_875L,
                "FEED_HOLD", 26_000L,
                "PROGRAM_COMPLETED", 6_370_750L,
                "PROGRAM_STOPPED", 4_465_828L,
                "STOPPED", 962_828L));
    assertThat(figures.rawStates().unobserved()).isZero();
    assertThat(figures.rawStates().times().values().stream().reduce(Duration::plus))
        .hasValue(log.span().length());
    assertThat(figures.parts()).isEqualTo(10);
    assertThat(figures.coverage().ratio()).hasValue(1);
  }

  @Test
  void hurcoFeedHoldPulsesVanishAtADwellOfOneSecond() {
    MachineLog log = MachineLog.read("hurco/2-1-2017-Hurco04-Clean.txt.gz");
    Column state = log.texts("Program_Status");
    Map<String, MachineState> holdAlone =
        Map.of("ACTIVE", RUNNING, "FEED_HOLD", STOPPED, "READY", IDLE);

    Timeline raw =
        new StateRule.Texts(holdAlone, IDLE, Duration.ZERO).timeline(state, log.span().end());
    Timeline debounced =
        new StateRule.Texts(holdAlone, IDLE, Duration.ofSeconds(1))
            .timeline(state, log.span().end());

    assertThat(raw.periods()).filteredOn(p -> p.state() == STOPPED).hasSize(52);
    assertThat(raw.periods())
        .filteredOn(p -> p.state() == STOPPED)
        .allMatch(p -> p.span().length().compareTo(Duration.ofMillis(700)) < 0);
    assertThat(debounced.periods()).noneMatch(p -> p.state() == STOPPED);
    assertThat(debounced.time(RUNNING)).isGreaterThan(raw.time(RUNNING));
  }

  @Test
  void hurcoShiftGivesTheSameTrsAtEveryMicroStopThreshold() {
    MachineLog log = MachineLog.read("hurco/2-1-2017-Hurco04-Clean.txt.gz");
    Set<Duration> operating = new HashSet<>();

    for (int seconds : new int[] {0, 10, 60, 300, 3600}) {
      MachineRules rules = rules(Duration.ofSeconds(1), Duration.ofSeconds(seconds));
      TimeTree tree = Production.figures(rules, inputs(log), log.span()).timeTree();

      assertThat(tree.trs().ratio()).hasValue(10 * 18 * 60 / 28_391.21875);
      assertThat(tree.tR()).isEqualTo(log.span().length());
      operating.add(tree.tF());
    }

    assertThat(operating).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void mazakDayHoldsEachExecutionStateAsLongAsExpected(int day) {
    String file = "Mazak03-201605%02d-201605%02d.txt".formatted(day, day + 1);
    MachineLog log = MachineLog.read("raw/Mazak03-2016-05/" + file + ".gz");
    String[] expected =
        MachineLog.table("expected_states.csv").stream()
            .filter(row -> row[0].equals(file))
            .findFirst()
            .orElseThrow();

    RawStates states = RawStates.of(log.texts("execution"), log.span(), List.of());

    String[] texts = {"UNAVAILABLE", "STOPPED", "READY", "ACTIVE", "INTERRUPTED", "FEED_HOLD"};
    for (int i = 0; i < texts.length; i++) {
      assertThat(states.time(texts[i]).toNanos() / 1e9)
          .as(texts[i])
          .isCloseTo(Double.parseDouble(expected[5 + i]), within(0.001));
    }
    assertThat(states.unobserved()).isZero();
  }

  @Test
  void everyHurcoCycleIsFoundAndNoOther() {
    Map<String, List<String>> expected = new TreeMap<>();
    for (String[] row : MachineLog.table("hurco/expected_cycles.csv")) {
      Span span = new Span(local(row[2]), local(row[3]));
      expected.computeIfAbsent(row[0], part -> new ArrayList<>()).add(span.toString());
      assertThat(span.length().toNanos() / 1e9)
          .isCloseTo(Double.parseDouble(row[4]), within(0.001));
    }

    Map<String, List<String>> found = new TreeMap<>();
    for (String part : expected.keySet()) {
      MachineLog log = MachineLog.read("hurco/" + part + "of20.txt.gz");
      found.put(
          part,
          new CycleRule("ACTIVE", "PROGRAM_COMPLETED")
              .cycles(log.texts("Program_Status")).stream()
                  .map(cycle -> cycle.span().toString())
                  .toList());
    }

    assertThat(expected).hasSize(20);
    assertThat(found).isEqualTo(expected);
  }

  private static Instant local(String time) {
    return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
  }

  private static long roundedMillis(Duration time) {
    return Math.round(time.toNanos() / 1e6);
  }
}
