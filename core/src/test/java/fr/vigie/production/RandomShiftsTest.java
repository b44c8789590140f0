package fr.vigie.production;

import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.column.Column;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold of every shift, whatever happened in it. */
class RandomShiftsTest {
  private static final int DAY = 24 * 3600;
  private static final int ROUNDS = 60;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private final RandomShop shop = new RandomShop(random);
  private final ShiftCalendar calendar = RandomShop.CALENDAR;

  private MachineRules.Builder rules() {
    return shop.rules();
  }

  private Inputs inputs() {
    return shop.inputs(shop.states(), shop.parts(), shop.declared());
  }

  @Test
  void theMicroStopThresholdMovesTimeBetweenDoAndTpAndNeverChangesTrs() {
    int moved = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Inputs inputs = inputs();
      Set<Rate> trs = new HashSet<>();
      Duration operating = Duration.ZERO;
      for (int threshold : new int[] {0, 5, 60, 300, 100_000}) {
        TimeTree tree =
            Production.of(rules().microStop(seconds(threshold)).build(), inputs).tree(span(0, DAY));
        trs.add(tree.trs());
        assertThat(tree.tF()).as("seed %d", seed).isGreaterThanOrEqualTo(operating);
        assertThat(
                tree.availability().ratio().orElseThrow()
                    * tree.performance().ratio().orElseThrow()
                    * tree.quality().ratio().orElseThrow())
            .as("seed %d", seed)
            .isCloseTo(tree.trs().ratio().orElseThrow(), within(1e-12));
        moved += tree.tF().compareTo(operating) > 0 ? 1 : 0;
        operating = tree.tF();
      }
      assertThat(trs).as("seed %d", seed).hasSize(1);
    }
    assertThat(moved).as("seed %d", seed).isGreaterThan(3 * ROUNDS);
  }

  @Test
  void figuresOfASpanAreTheSumOfThoseOfItsParts() {
    for (int round = 0; round < ROUNDS; round++) {
      Production production = Production.of(rules().build(), inputs());
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
      for (String text : RandomShop.TEXTS) {
        assertThat(first.rawStates().time(text).plus(second.rawStates().time(text)))
            .as("seed %d", seed)
            .isEqualTo(whole.rawStates().time(text));
      }
    }
  }

  @Test
  void theShiftsOfADayAreTheDay() {
    for (int round = 0; round < ROUNDS; round++) {
      Production production = Production.of(rules().build(), inputs());
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
      Production production = Production.of(rules().build(), inputs());
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
      List<Sample> states = shop.states();
      List<Sample> parts = shop.parts();
      Declared declared = shop.declared();
      Figures ordered =
          Production.figures(rules().build(), shop.inputs(states, parts, declared), span(0, DAY));

      Collections.shuffle(states, random);
      Collections.shuffle(parts, random);
      Declared shuffled =
          new Declared(
              shuffled(declared.orders()),
              shuffled(declared.rejects()),
              shuffled(declared.reasons()));

      assertThat(
              Production.figures(
                  rules().build(), shop.inputs(states, parts, shuffled), span(0, DAY)))
          .as("seed %d", seed)
          .isEqualTo(ordered);
    }
  }

  @Test
  void debouncingOnlyEverRemovesPeriods() {
    for (int round = 0; round < ROUNDS; round++) {
      Column signal = Column.of(true, shop.states());
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

  @Test
  void thePiecesOfStopsAreTheStops() {
    for (int round = 0; round < ROUNDS; round++) {
      Figures figures = Production.of(rules().build(), inputs()).figures(span(0, DAY));

      TimeTree.Required required = figures.timeTree().required();
      assertThat(pieces(figures, false)).as("seed %d", seed).isEqualTo(required.stops());
      assertThat(pieces(figures, true)).as("seed %d", seed).isEqualTo(required.microStops());
    }
  }

  @Test
  void theOtherConventionGivesWhatASiteThatChoseItWouldSee() {
    Convention outside =
        new Convention(
            Convention.Changeover.OUTSIDE, Convention.Mtbf.CLASSIC, Convention.Base.OPERATING);
    for (int round = 0; round < ROUNDS; round++) {
      Inputs inputs = inputs();
      Figures norm = Production.figures(rules().build(), inputs, span(0, DAY));
      Figures other = Production.figures(rules().convention(outside).build(), inputs, span(0, DAY));

      assertThat(norm.times().other()).as("seed %d", seed).contains(other.timeTree());
      assertThat(other.times().other()).as("seed %d", seed).contains(norm.timeTree());
      assertThat(norm.timeTree().tR())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(other.timeTree().tR());
      assertThat(norm.timeTree().output()).isEqualTo(other.timeTree().output());
    }
  }

  private <T> List<T> shuffled(List<T> entries) {
    List<T> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static Duration pieces(Figures figures, boolean micro) {
    return figures.stillness().pieces().stream()
        .filter(piece -> piece.micro() == micro)
        .map(StopPiece::length)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration total(List<Stop> stops) {
    return stops.stream().map(Stop::length).reduce(Duration.ZERO, Duration::plus);
  }

  private static boolean long60(Stop stop) {
    return stop.whole().length().compareTo(seconds(60)) >= 0;
  }
}
