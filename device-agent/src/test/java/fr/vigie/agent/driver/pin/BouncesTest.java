package fr.vigie.agent.driver.pin;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.driver.Finding;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BouncesTest {
  private static final long MICRO = 1_000;

  private long now;

  /** Pulses that are each led and followed by three short returns. */
  private void pulses(Bounces bounces, int count, long bounceMicros, long levelMicros) {
    bounces.edge(now, 0);
    for (int pulse = 0; pulse < 2 * count; pulse++) {
      for (int i = 0; i < 4; i++) {
        bounces.edge(now += bounceMicros * MICRO, 0);
      }
      bounces.edge(now += levelMicros * MICRO, 0);
    }
  }

  @Test
  void aTimeThatDividesBouncesFromPulsesIsFine() {
    Bounces bounces = new Bounces(Duration.ofMillis(5));
    pulses(bounces, 100, 200, 20_000);

    assertThat(bounces.finding())
        .isEqualTo(
            Finding.fine(
                "levels held for: under 0.5 ms 800, under 50 ms 200; 800 bounced (shorter than"
                    + " debounce, 5 ms), for at most 0.2 ms; the shortest that counted held 20 ms"));
  }

  @Test
  void aDebounceThatIsNearlyTooShortIsToldWithABetterOne() {
    Bounces bounces = new Bounces(Duration.ofMillis(5));
    pulses(bounces, 10, 4_000, 100_000);

    assertThat(bounces.finding().fine()).isFalse();
    assertThat(bounces.finding().words()).endsWith(": set debounce to about 20 ms");
  }

  @Test
  void aDebounceThatSwallowsPulsesIsTold() {
    Bounces bounces = new Bounces(Duration.ofMillis(50));
    pulses(bounces, 10, 1_000, 20_000);

    assertThat(bounces.finding())
        .matches(it -> !it.fine())
        .matches(it -> it.words().endsWith("is the debounce longer than the pulses?"));
  }

  @Test
  void bouncesAsLongAsPulsesAreAMatterOfTheContact() {
    Bounces bounces = new Bounces(Duration.ofMillis(5));
    pulses(bounces, 10, 4_000, 6_000);

    assertThat(bounces.finding().words()).contains("no time divides bounces from pulses");
  }

  @Test
  void aContactThatDoesNotBounceIsSaidToBeSo() {
    Bounces bounces = new Bounces(Duration.ofMillis(5));
    bounces.edge(0, 0);
    bounces.edge(30_000 * MICRO, 0);

    assertThat(bounces.finding().words())
        .isEqualTo("levels held for: under 50 ms 1; nothing bounced, the shortest held 30 ms");
  }

  @Test
  void whatLiesAroundEdgesThatWereLostIsNotCounted() {
    Bounces bounces = new Bounces(Duration.ofMillis(5));
    bounces.edge(0, 0);
    bounces.edge(10 * MICRO, 700);

    assertThat(bounces.finding().words()).startsWith("too few edges");
  }
}
