package fr.vigie.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void anIntervalHoldsItsEnds() {
    Interval interval = Interval.about(3, 2, 0.95);

    assertThat(interval).isEqualTo(new Interval(1, 5, 0.95));
    assertThat(interval.contains(1)).isTrue();
    assertThat(interval.contains(5)).isTrue();
    assertThat(interval.contains(0.999)).isFalse();
    assertThat(interval.contains(5.001)).isFalse();
  }

  @Test
  void anIntervalRefusesWhatIsNone() {
    assertThat(new Interval(1, 1, 0.5).contains(1)).isTrue();
    assertThatThrownBy(() -> new Interval(2, 1, 0.5)).hasMessage("an interval from 2.0 to 1.0");
    assertThatThrownBy(() -> new Interval(Double.NaN, 1, 0.5)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Interval(1, 2, 0)).hasMessageContaining("found 0.0");
    assertThatThrownBy(() -> new Interval(1, 2, 1)).hasMessageContaining("found 1.0");
  }
}
