package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final Refusals refusals = new Refusals();

  private boolean tells(String why, Duration at) {
    return refusals.isWorthTelling(why, at.toNanos());
  }

  @Test
  void aReasonThatGoesOnIsToldOnceAnHour() {
    assertThat(tells("short circuit", Duration.ZERO)).isTrue();
    assertThat(tells("short circuit", Duration.ofSeconds(1))).isFalse();
    assertThat(tells("short circuit", Duration.ofMinutes(59))).isFalse();
    assertThat(tells("short circuit", Duration.ofMinutes(60))).isTrue();
  }

  @Test
  void anotherReasonIsToldAtOnceButNotMoreOftenThanOnceAMinute() {
    assertThat(tells("short circuit", Duration.ZERO)).isTrue();
    assertThat(tells("broken wire", Duration.ofSeconds(59))).isFalse();
    assertThat(tells("broken wire", Duration.ofSeconds(60))).isTrue();
    assertThat(tells("short circuit", Duration.ofSeconds(61))).isFalse();
  }
}
