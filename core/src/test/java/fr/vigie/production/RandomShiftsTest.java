package fr.vigie.production;

import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.calendar.ShiftPattern.Break;
import fr.vigie.column.Column;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold of every shift, whatever happened in it. */
class RandomShiftsTest {
  private static final int DAY = 24 * 3600;
  private static final int ROUNDS = 60;
  private static final String[] TEXTS = {
    "ACTIVE", "ACTIVE", "READY", "ALARM", "OFF", "UNAVAILABLE"
  };

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private final ShiftCalendar calendar =
      new ShiftCalendar(
          ZoneId.of("Europe/Paris"),
          List.of(
              new ShiftPattern(
                  "matin",
                  EnumSet.allOf(DayOfWeek.class),
                  LocalTime.of(5, 0),
                  LocalTime.of(13, 0),
                  List.of(new Break(LocalTime.of(9, 0), LocalTime.of(9, 20)))),
              new ShiftPattern(
                  "soir",
                  EnumSet.allOf(DayOfWeek.class),
                  LocalTime.of(13, 0),
                  LocalTime.of(21, 0))));

  private MachineRules.Builder rules() {
    return MachineRules.of(rule(1))
        .parts(PartsRule.Counter.plain())
        .scrap(new PartsRule.Events(1))
        .referenceCycle(seconds(47))
        .calendar(calendar);
  }

  private List<Sample> states() {
    List<Sample> samples = new ArrayList<>();
    for (double at = -600; at < 2 * DAY; ) {
      samples.add(
          random.nextInt(50) == 0
              ? Sample.missing(at(at))
              : Sample.good(at(at), TEXTS[random.nextInt(TEXTS.length)]));
      at += random.nextInt(4) == 0 ? random.nextDouble() : 300 * random.nextDouble();
    }
    return samples;
  }

  private List<Sample> parts() {
    List<Sample> samples = new ArrayList<>();
    int parts = 1000;
    for (double at = -100; at < 2 * DAY; at += 20 + random.nextInt(200)) {
      parts = random.nextInt(300) == 0 ? 0 : parts + 1;
      samples.add(Sample.good(at(at), parts));
    }
    return samples;
  }

  private Inputs inputs(List<Sample> states, List<Sample> parts) {
    return Inputs.until(at(2 * DAY))
        .state(Column.of(true, states))
        .parts(Column.of(false, parts))
        .scrap(Shop.numbers("7000 2, 40000 1, 100000 3"))
        .gaps(List.of(span(4000, 4100), span(61_000, 65_000)))
        .build();
  }

  @Test
  void theMicroStopThresholdMovesTimeBetweenDoAndTpAndNeverChangesTrs() {
    for (int round = 0; round < ROUNDS; round++) {
      Inputs inputs = inputs(states(), parts());
      Set<Rate> trs = new HashSet<>();
      Duration operating = Duration.ZERO;
      for (int threshold : new int[] {0, 5, 60, 300, 100_000}) {
        TimeTree tree =
            Production.of(rules().microStop(seconds(threshold)).build(), inputs).tree(span(0, DAY));
        trs.add(tree.trs());
        assertThat(tree.tF()).as("seed %d", seed).isGreaterThan(operating);
        assertThat(
                tree.availability().ratio().orElseThrow()
                    * tree.performance().ratio().orElseThrow()
                    * tree.quality().ratio().orElseThrow())
            .as("seed %d", seed)
            .isCloseTo(tree.trs().ratio().orElseThrow(), within(1e-12));
        operating = tree.tF();
      }
      assertThat(trs).as("seed %d", seed).hasSize(1);
    }
  }

  @Test
  void figuresOfASpanAreTheSumOfThoseOfItsParts() {
    for (int round = 0; round < ROUNDS; round++) {
      Production production = Production.of(rules().build(), inputs(states(), parts()));
      double cut = random.nextInt(2 * DAY * 1000) / 1000.0;
      Figures whole = production.figures(span(-1000, 2 * DAY + 500));
      Figures first = production.figures(span(-1000, cut));
      Figures second = production.figures(span(cut, 2 * DAY + 500));

      TimeTree sum = first.timeTree().plus(second.timeTree());
      assertThat(sum).as("seed %d", seed).isEqualTo(whole.timeTree());
      assertThat(first.parts() + second.parts()).as("seed %d", seed).isEqualTo(whole.parts());
      assertThat(first.scrap() + second.scrap()).as("seed %d", seed).isEqualTo(whole.scrap());
      for (MachineState state : MachineState.values()) {
        assertThat(first.timeline().time(state).plus(second.timeline().time(state)))
            .as("seed %d", seed)
            .isEqualTo(whole.timeline().time(state));
      }
      for (String text : TEXTS) {
        assertThat(first.rawStates().time(text).plus(second.rawStates().time(text)))
            .as("seed %d", seed)
            .isEqualTo(whole.rawStates().time(text));
      }
    }
  }

  @Test
  void theShiftsOfADayAreTheDay() {
    for (int round = 0; round < ROUNDS; round++) {
      Production production = Production.of(rules().build(), inputs(states(), parts()));
      Span day = span(-3600, -3600 + DAY);

      TimeTree shifts =
          calendar.shifts(day).stream()
              .map(shift -> production.figures(shift).timeTree())
              .reduce(TimeTree.NOTHING, TimeTree::plus);
      TimeTree whole = production.tree(day);

      assertThat(shifts.required()).as("seed %d", seed).isEqualTo(whole.required());
      assertThat(shifts.output()).as("seed %d", seed).isEqualTo(whole.output());
      assertThat(shifts.trg()).as("seed %d", seed).isEqualTo(whole.trg());
    }
  }

  @Test
  void stopsAndMicroStopsListWhatTheTreeCounts() {
    for (int round = 0; round < ROUNDS; round++) {
      Production production = Production.of(rules().build(), inputs(states(), parts()));
      double from = random.nextInt(DAY);
      Figures figures = production.figures(span(from, from + random.nextInt(DAY)));

      TimeTree.Required required = figures.timeTree().required();
      assertThat(total(figures.stops())).as("seed %d", seed).isEqualTo(required.stops());
      assertThat(total(figures.microStops())).as("seed %d", seed).isEqualTo(required.microStops());
      assertThat(figures.stops()).as("seed %d", seed).allMatch(stop -> long60(stop));
      assertThat(figures.microStops()).as("seed %d", seed).noneMatch(stop -> long60(stop));
    }
  }

  @Test
  void lateSamplesGiveTheSameFigures() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Sample> states = states();
      List<Sample> parts = parts();
      Figures ordered = Production.figures(rules().build(), inputs(states, parts), span(0, DAY));

      Collections.shuffle(states, random);
      Collections.shuffle(parts, random);

      assertThat(Production.figures(rules().build(), inputs(states, parts), span(0, DAY)))
          .as("seed %d", seed)
          .isEqualTo(ordered);
    }
  }

  @Test
  void debouncingOnlyEverRemovesPeriods() {
    for (int round = 0; round < ROUNDS; round++) {
      Column signal = Column.of(true, states());
      int size = Integer.MAX_VALUE;
      for (double dwell : new double[] {0, 0.5, 1, 10, 100, 1000}) {
        Timeline timeline = rule(dwell).timeline(signal, at(DAY));
        assertThat(timeline.size()).as("seed %d", seed).isLessThanOrEqualTo(size);
        assertThat(timeline.times().values().stream().reduce(Duration.ZERO, Duration::plus))
            .as("seed %d", seed)
            .isEqualTo(timeline.span().length());
        size = timeline.size();
      }
    }
  }

  private static Duration total(List<Stop> stops) {
    return stops.stream().map(Stop::length).reduce(Duration.ZERO, Duration::plus);
  }

  private static boolean long60(Stop stop) {
    return stop.whole().length().compareTo(seconds(60)) >= 0;
  }
}
