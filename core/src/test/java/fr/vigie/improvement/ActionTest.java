package fr.vigie.improvement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.production.Output;
import fr.vigie.production.Rate;
import fr.vigie.production.Rejects;
import fr.vigie.production.Tcr;
import fr.vigie.production.TimeTree;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActionTest {
  private static final Instant START = Instant.parse("2026-03-02T05:00:00Z");
  private static final Course COURSE =
      new Course(hours(0, 100), hours(120, 200), List.of(hours(130, 140)));

  @Test
  void whatIsWrittenDownAfterTheWorksBeganIsFlagged() {
    assertThat(action(COURSE.worksStart()).isRegisteredBeforehand()).isTrue();
    assertThat(action(COURSE.worksStart().plusNanos(1)).isRegisteredBeforehand()).isFalse();
  }

  @Test
  void anActionRefusesWhatIsNone() {
    assertThatThrownBy(() -> action(" ", Optional.empty(), List.of(Measure.TRS)))
        .hasMessageContaining("' '");
    assertThatThrownBy(() -> action("jig", Optional.empty(), List.of()))
        .hasMessage("an action 'jig' for []");
    assertThatThrownBy(() -> action("jig", Optional.empty(), List.of(Measure.TRS, Measure.TRS)))
        .hasMessageContaining("[TRS, TRS]");
    assertThatThrownBy(() -> action("jig", Optional.of("press-4"), List.of(Measure.TRS)))
        .hasMessage("a machine is no control of itself: press-4");
    assertThat(action("jig", Optional.of("press-5"), List.of(Measure.TRS)).control()).isPresent();
  }

  @Test
  void aCourseHasABaselineThenWorksThenATimeAfter() {
    assertThat(COURSE.partOf(hours(0, 8))).hasValue(Course.Part.BASELINE);
    assertThat(COURSE.partOf(hours(92, 100))).hasValue(Course.Part.BASELINE);
    assertThat(COURSE.partOf(hours(93, 101))).isEmpty();
    assertThat(COURSE.partOf(hours(100, 108))).isEmpty();
    assertThat(COURSE.partOf(hours(119, 127))).isEmpty();
    assertThat(COURSE.partOf(hours(120, 128))).hasValue(Course.Part.AFTER);
    assertThat(COURSE.partOf(hours(193, 201))).isEmpty();
    assertThat(COURSE.excludes(hours(128, 131))).isTrue();
    assertThat(COURSE.excludes(hours(122, 130))).isFalse();
    assertThat(COURSE.lengthAfter(START.plus(Duration.ofDays(90)))).isEqualTo(Duration.ofHours(70));
    assertThat(COURSE.lengthAfter(START.plus(Duration.ofHours(135))))
        .isEqualTo(Duration.ofHours(10));
    assertThatThrownBy(() -> new Course(hours(0, 10), hours(9, 20), List.of()))
        .hasMessageContaining("a baseline of");
    assertThatThrownBy(() -> new Course(hours(0, 0), hours(9, 20), List.of()))
        .hasMessageContaining("a baseline of");
    assertThatThrownBy(() -> new Course(hours(0, 9), hours(9, 9), List.of()))
        .hasMessageContaining("a time after of");
    assertThat(new Course(hours(0, 9), hours(9, 20), List.of()).worksStart())
        .isEqualTo(START.plus(Duration.ofHours(9)));
  }

  @Test
  void measuresAreThoseOfTheTimeTree() {
    Output output =
        Output.of(List.of(new Output.Product(50, Rejects.scrap(5), Tcr.of(Duration.ofMinutes(5)))));
    TimeTree tree =
        new TimeTree(
            Duration.ofHours(24),
            Duration.ofMinutes(480),
            new TimeTree.Required(
                Duration.ofMinutes(375), Duration.ZERO, Duration.ofMinutes(85), Duration.ZERO),
            output);

    assertThat(Measure.TRS.of(tree)).isEqualTo(tree.trs());
    assertThat(Measure.AVAILABILITY.of(tree)).isEqualTo(tree.availability());
    assertThat(Measure.PERFORMANCE.of(tree)).isEqualTo(tree.performance());
    assertThat(Measure.QUALITY.of(tree)).isEqualTo(tree.quality());
    assertThat(Measure.STOPS.of(tree).ratio().orElseThrow()).isCloseTo(85.0 / 460, within(1e-12));
    assertThat(Measure.ENERGY_PER_GOOD_PART.of(tree)).isEqualTo(Rate.UNKNOWN);
    assertThat(Measure.STOPS.better()).isEqualTo(Measure.Direction.DOWN);
    assertThat(Measure.TRS.better()).isEqualTo(Measure.Direction.UP);
  }

  @Test
  void aUnitCountsTimesInHoursAndPartsAsParts() {
    Rate seen = Rate.of(Duration.ofHours(3), Duration.ofHours(4));
    Unit times =
        Unit.of(hours(0, 8), Rate.of(Duration.ofMinutes(90), Duration.ofHours(4)), seen, Map.of());
    Unit parts = Unit.of(hours(0, 8), Rate.ofParts(9, 10), seen, Map.of());

    assertThat(times).isEqualTo(new Unit(hours(0, 8), 1.5, 4, 0.75, Map.of()));
    assertThat(times.ratio()).isEqualTo(0.375);
    assertThat(parts).isEqualTo(new Unit(hours(0, 8), 9, 10, 0.75, Map.of()));
    assertThat(Unit.of(hours(0, 8), Rate.UNKNOWN, Rate.UNKNOWN, Map.of()))
        .isEqualTo(new Unit(hours(0, 8), 0, 0, 0, Map.of()));
    assertThatThrownBy(() -> new Unit(hours(0, 8), 1, -1, 1, Map.of()))
        .hasMessage("a unit of 1.0 over -1.0, seen 1.0");
    assertThatThrownBy(() -> new Unit(hours(0, 8), Double.NaN, 1, 1, Map.of()))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Unit(hours(0, 8), 1, 1, -1, Map.of()))
        .hasMessageContaining("seen -1.0");
  }

  private static Action action(Instant registered) {
    return new Action(
        "new jig", "press-4", Optional.empty(), List.of(Measure.TRS), COURSE, registered);
  }

  private static Action action(String what, Optional<String> control, List<Measure> measures) {
    return new Action(what, "press-4", control, measures, COURSE, START);
  }

  private static Span hours(int from, int to) {
    return new Span(START.plus(Duration.ofHours(from)), START.plus(Duration.ofHours(to)));
  }
}
