package fr.vigie.agent.refine;

import static fr.vigie.agent.refine.Readings.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final Signal CURRENT = new Signal("press", "current", Kind.GAUGE, "A");
  private static final Duration DWELL = Duration.ofSeconds(2);

  @Test
  void aLevelCountsOnceItHasHeldAndIsDatedWhenItBegan() {
    Readings readings = fixed();

    readings.read(0, 0.1).read(10, 5).read(11, 5).read(11.9, 5);
    assertThat(readings.told("current.state")).containsExactly("0=off");

    assertThat(readings.read(12, 5).told("current.state")).containsExactly("0=off", "10=working");
  }

  @Test
  void aShortPeakIsNoState() {
    Readings readings = fixed();

    readings.read(0, 0.1).read(10, 9).read(11, 0.1).read(20, 9).read(21, 0.1).read(30, 0.1);

    assertThat(readings.told("current.state")).containsExactly("0=off");
  }

  @Test
  void aLevelThatHoldsWithoutAnotherSampleCounts() {
    Readings readings = fixed();

    readings.read(0, 0.1).read(10, 1).pass(11.9);
    assertThat(readings.told("current.state")).hasSize(1);

    assertThat(readings.pass(12.1).told("current.state")).containsExactly("0=off", "10=idle");
  }

  @Test
  void theWayUpLiesAboveTheWayDown() {
    Readings readings = fixed();

    readings.read(0, 1).read(10, 3.29).read(20, 3.31).read(30, 2.71).read(40, 2.69).read(50, 1);

    assertThat(readings.told("current.state")).containsExactly("0=idle", "20=working", "40=idle");
  }

  @Test
  void noiseAboutAThresholdDoesNotFlutter() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Readings readings = fixed();
    for (int i = 0; i < 1000; i++) {
      readings.read(i, 3 + 0.25 * (2 * random.nextDouble() - 1));
    }

    assertThat(readings.told("current.state")).as("seed " + seed).hasSize(1);
  }

  @Test
  void anAbsentValueIsNoStateAndTheNextValueIsOneAtOnce() {
    Readings readings = fixed();

    readings
        .read(0, 5)
        .read(Sample.missing(time(1)))
        .read(Sample.missing(time(2)))
        .read(3, 5)
        .close()
        .read(4, 1);

    assertThat(readings.told("current.state"))
        .containsExactly("0=working", "1=missing", "3=working", "4=idle");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(
            () ->
                new States(
                    Optional.of(Duration.ofHours(1)),
                    List.of(3.0, 0.5),
                    List.of("off", "off"),
                    1.0,
                    DWELL))
        .hasMessageContaining("learn")
        .hasMessageContaining("rise")
        .hasMessageContaining("3 names")
        .hasMessageContaining("different names")
        .hasMessageContaining("hysteresis");
  }

  private static Readings fixed() {
    States states = new States(Optional.empty(), List.of(0.5, 3.0), List.of(), 0.2, DWELL);
    return new Readings(CURRENT, Rules.NONE.states(states).build());
  }
}
