package fr.vigie.example.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = 5_000;

  @Test
  void theMachinesTimeOnlyGrowsWhenItsPaceChanges() {
    Pace pace = new Pace(() -> now);
    now += 10;
    assertThat(pace.getAsLong()).isEqualTo(10);
    pace.factor(60);
    assertThat(pace.getAsLong()).isEqualTo(10);
    now += 2;
    assertThat(pace.getAsLong()).isEqualTo(130);
    pace.factor(1);
    now += 1;
    assertThat(pace.getAsLong()).isEqualTo(131);
  }
}
