package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CounterFallsTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private final CounterFalls falls = new CounterFalls();

  private void watch(String name, Kind kind, double... numbers) {
    for (double number : numbers) {
      falls.watch(new Signal("press-1", name, kind, ""), Sample.good(START, number));
    }
  }

  @Test
  void aCounterThatFellIsToldWithItsLastFall() {
    watch("parts", Kind.COUNTER, 810, 812, 0, 1, 1);
    watch("energy", Kind.COUNTER, 5.5, 6, 0.5, 1);

    assertThat(falls.finding().orElseThrow())
        .matches(it -> !it.fine())
        .matches(
            it ->
                it.words()
                    .startsWith(
                        "a counter fell 2 times since the start, at last energy from 6 to 0.5:"));
  }

  @Test
  void aCounterThatGrowsAndAGaugeThatFallsAreNoMatter() {
    watch("parts", Kind.COUNTER, 1, 2, 2, 3);
    watch("heat", Kind.GAUGE, 20, 10);

    assertThat(falls.finding()).isEmpty();
  }
}
