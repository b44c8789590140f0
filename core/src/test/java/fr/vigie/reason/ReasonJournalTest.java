package fr.vigie.reason;

import static fr.vigie.reason.Desk.at;
import static fr.vigie.reason.Desk.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.time.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReasonJournalTest {
  private final Desk desk = new Desk();

  @Test
  void aStopWaitsUntilAllOfItHasAReason() {
    assertThat(stop(10, 40)).isEqualTo("10-40 ?");

    desk.give(10, 30, "jam");
    assertThat(stop(10, 40)).isEqualTo("10-30 jam, 30-40 ?");

    desk.give(30, 40, "no-material");
    assertThat(stop(10, 40)).isEqualTo("10-30 jam, 30-40 no-material");
  }

  @Test
  void theLaterReasonWinsOnThePartThatItTouches() {
    desk.give(0, 60, "jam").give(20, 30, "no-material");

    assertThat(stop(0, 60)).isEqualTo("0-20 jam, 20-30 no-material, 30-60 jam");
  }

  @Test
  void aSplitStopTakesAReasonOnEachSide() {
    desk.split(25);
    assertThat(stop(10, 40)).isEqualTo("10-25 ?, 25-40 ?");

    desk.give(10, 25, "changeover").give(25, 40, "adjustment");

    assertThat(stop(10, 40)).isEqualTo("10-25 changeover, 25-40 adjustment");
  }

  @Test
  void aSplitReasonStaysOnBothSidesUntilOneIsCorrected() {
    desk.give(10, 40, "changeover").split(25);
    assertThat(stop(10, 40)).isEqualTo("10-25 changeover, 25-40 changeover");

    desk.correct(25, 40, "adjustment");

    assertThat(stop(10, 40)).isEqualTo("10-25 changeover, 25-40 adjustment");
  }

  @Test
  void aCutAtTheBorderOfAStopMakesNoEmptyPart() {
    desk.split(10).split(40).give(10, 40, "jam");

    assertThat(stop(10, 40)).isEqualTo("10-40 jam");
  }

  @Test
  void aCorrectionKeepsThePartsAsTheyAreCut() {
    desk.give(0, 20, "jam").give(20, 40, "no-material").split(30).correct(0, 40, "no-energy");

    assertThat(stop(0, 40)).isEqualTo("0-20 no-energy, 20-30 no-energy, 30-40 no-energy");
  }

  @Test
  void whatWasMergedIsCorrectedAsOnePart() {
    desk.give(0, 20, "jam").give(20, 40, "no-material").merge(0, 40, "jam");
    assertThat(stop(0, 40)).isEqualTo("0-40 jam");

    desk.correct(0, 40, "tool-breakage");

    assertThat(stop(0, 40)).isEqualTo("0-40 tool-breakage");
  }

  @Test
  void partsWithoutAReasonAreMergedWithoutOne() {
    desk.split(20).split(30).merge(10, 40);

    assertThat(stop(10, 40)).isEqualTo("10-40 ?");
  }

  @Test
  void whatIsWithdrawnWasNeverSaid() {
    desk.give(0, 60, "jam").split(30).withdraw(10, 50);

    assertThat(stop(0, 60)).isEqualTo("0-10 jam, 10-50 ?, 50-60 jam");
    assertThat(stop(10, 50)).isEqualTo("10-50 ?");
  }

  @Test
  void lateSamplesThatMoveABorderKeepTheReason() {
    desk.give(10, 40, "jam");

    assertThat(stop(12, 35)).isEqualTo("12-35 jam");
    assertThat(stop(8, 41)).isEqualTo("8-10 ?, 10-40 jam, 40-41 ?");
  }

  @Test
  void aReasonGivenWhileTheMachineStandsEndsWhenItRuns() {
    desk.sayAt(25, new Act.GiveUntilRunning(at(10), "jam"));

    assertThat(Desk.told(reasons(span(0, 100), span(10, 40), span(45, 60)).stops().get(0)))
        .isEqualTo("10-40 jam");
    assertThat(Desk.told(reasons(span(0, 100), span(10, 40), span(45, 60)).stops().get(1)))
        .isEqualTo("45-60 ?");
    assertThat(Desk.told(reasons(span(0, 100), span(10, 70)).stops().get(0)))
        .as("late samples said that it had not run at 40")
        .isEqualTo("10-70 jam");
    assertThat(Desk.told(reasons(span(0, 100), span(10, 15), span(20, 70)).stops().get(1)))
        .as("it is the end of what stood when it was said")
        .isEqualTo("20-70 jam");
  }

  @Test
  void aReasonGivenWhileTheMachineStandsHoldsForADayAtMost() {
    desk.sayAt(25, new Act.GiveUntilRunning(at(10), "no-order"));

    assertThat(Desk.told(reasons(span(0, 4_000), span(10, 4_000)).stops().get(0)))
        .isEqualTo("10-1465 no-order, 1465-4000 ?");
  }

  @Test
  void aReasonGivenToAMachineThatRunsEndsThere() {
    desk.sayAt(50, new Act.GiveUntilRunning(at(10), "jam"));

    assertThat(Desk.told(reasons(span(0, 100), span(10, 40), span(60, 70)).stops().get(1)))
        .isEqualTo("60-70 ?");
  }

  @Test
  void aLaterReasonCutsOneThatIsOpen() {
    desk.sayAt(25, new Act.GiveUntilRunning(at(10), "jam"))
        .sayAt(35, new Act.GiveUntilRunning(at(30), "no-material"));

    assertThat(Desk.told(reasons(span(0, 100), span(10, 40), span(60, 70)).reasoned()))
        .isEqualTo("10-30 jam, 30-40 no-material");
  }

  @Test
  void anOpenReasonNeedsTheMachineFromWhenItWasSaid() {
    desk.sayAt(25, new Act.GiveUntilRunning(at(10), "jam")).sayAt(30, give(90, 99));

    assertThat(desk.journal().neededFrom(span(60, 80))).isEqualTo(at(25));
    assertThat(desk.journal().neededFrom(span(5, 80))).isEqualTo(at(5));
    assertThat(desk.journal().neededFrom(span(1_470, 1_480))).isEqualTo(at(1_470));
  }

  @Test
  void theJournalIsKnownAsItWasAtAnyTime() {
    desk.sayAt(50, give(10, 40)).sayAt(90, new Act.Withdraw(span(10, 40)));

    assertThat(desk.journal().asOf(at(49.9)).given(span(0, 100))).isEmpty();
    assertThat(desk.journal().asOf(at(50)).given(span(0, 100))).hasSize(1);
    assertThat(desk.journal().given(span(0, 100))).isEmpty();
    assertThat(desk.journal().entries()).hasSize(2);
  }

  @Test
  void anEntrySaysWhoMadeIt() {
    assertThatThrownBy(() -> new Entry(1, " ", at(0), "", give(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Act give(double from, double to) {
    return new Act.Give(span(from, to), "jam");
  }

  private String stop(double from, double to) {
    Span stop = span(from, to);
    return Desk.told(reasons(stop, stop).stops().get(0));
  }

  /** The machine runs at the end of each stop, unless that is the end of what was read. */
  private Reasons reasons(Span read, Span... stops) {
    return Reasons.of(
        DefaultReasons.tree(),
        desk.journal(),
        List.of(),
        new Evidence(
            read,
            List.of(stops),
            said -> {
              for (Span stop : stops) {
                if (said.isBefore(stop.start())) {
                  return Optional.of(said);
                }
                if (said.isBefore(stop.end())) {
                  return Optional.of(stop.end()).filter(end -> end.isBefore(read.end()));
                }
              }
              return Optional.of(said);
            },
            Map.of()));
  }
}
