package fr.vigie.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private final Bench bench = new Bench();
  private final Rhythm rhythm = new Rhythm(Duration.ofMillis(100), bench.context());

  @Test
  void theFirstCycleIsDueAtOnceAndTheOthersStayOnTheGrid() {
    for (int i = 0; i < 5; i++) {
      assertThat(rhythm.isDue()).isTrue();
      assertThat(bench.nanos).isEqualTo(i * 100_000_000L);
      bench.pass(30);
    }
    assertThat(rhythm.missed()).isZero();
  }

  @Test
  void aCycleThatTakesTooLongMissesPointsOfTheGridAndIsCounted() {
    assertThat(rhythm.isDue()).isTrue();
    bench.pass(350);
    assertThat(rhythm.isDue()).isTrue();
    assertThat(rhythm.missed()).isEqualTo(2);
    assertThat(rhythm.isDue()).isTrue();
    assertThat(bench.nanos).isEqualTo(400_000_000L);
  }

  @Test
  void aLongWaitIsInterruptedSoThatADriverCanStop() {
    Rhythm slow = new Rhythm(Duration.ofSeconds(10), bench.context());
    assertThat(slow.isDue()).isTrue();
    assertThat(slow.isDue()).isFalse();
    assertThat(bench.nanos).isEqualTo(200_000_000L);
  }
}
