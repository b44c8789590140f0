package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceClockTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  private static final long MILLI = 1_000_000;

  @Test
  void aFrameThatComesLateIsDatedByTheDevice() {
    DeviceClock clock = new DeviceClock();
    clock.date(1000, START, 0);

    assertThat(clock.date(2000, START.plusMillis(1700), 1700 * MILLI))
        .isEqualTo(START.plusMillis(1000));
  }

  @Test
  void anEarlierArrivalTightensTheOffset() {
    DeviceClock clock = new DeviceClock();
    clock.date(1000, START.plusMillis(500), 500 * MILLI);

    assertThat(clock.date(2000, START.plusMillis(1010), 1010 * MILLI))
        .isEqualTo(START.plusMillis(1010));
    assertThat(clock.date(3000, START.plusMillis(2500), 2500 * MILLI))
        .isEqualTo(START.plusMillis(2010));
  }

  @Test
  void millisecondsRollOverAfterFortyNineDays() {
    DeviceClock clock = new DeviceClock();
    clock.date((1L << 32) - 500, START, 0);

    assertThat(clock.date(500, START.plusMillis(1000), 1000 * MILLI))
        .isEqualTo(START.plusMillis(1000));
  }

  @Test
  void aStepOfTheWallClockIsFollowedAtOnce() {
    DeviceClock clock = new DeviceClock();
    clock.date(1000, Instant.EPOCH, 0);

    assertThat(clock.date(2000, START, 1000 * MILLI)).isEqualTo(START);
    assertThat(clock.date(3000, START.minusSeconds(3600), 2000 * MILLI))
        .isEqualTo(START.minusSeconds(3600));
  }

  @Test
  void fromTheFirstFrameInTimeAResonatorOfHalfAPercentAndADelayedLineStayWithinASecond() {
    for (double drift : new double[] {0.995, 1.005}) {
      long seed = System.nanoTime();
      Random random = new Random(seed);
      DeviceClock clock = new DeviceClock();
      Instant last = Instant.EPOCH;
      boolean inTime = false;
      for (long millis = 0; millis < 3_600_000; millis += 500) {
        // Of the first alone nobody can tell how late it came.
        boolean late = millis > 0 && random.nextInt(10) == 0;
        long delay = late ? random.nextInt(2000) : random.nextInt(5);
        Instant time =
            clock.date(
                (long) (millis * drift),
                START.plusMillis(millis + delay),
                (millis + delay) * MILLI);
        inTime |= delay < 5;
        if (!inTime) {
          continue;
        }
        assertThat(Duration.between(START.plusMillis(millis), time).abs())
            .as("seed " + seed + " at " + millis)
            .isLessThan(Duration.ofMillis(400));
        assertThat(time).isAfterOrEqualTo(last);
        last = time;
      }
    }
  }

  @Test
  void aDeviceWhoseClockStoodStillIsLearnedAnew() {
    DeviceClock clock = new DeviceClock();
    clock.date(1000, START, 0);

    Instant later = START.plusSeconds(3600);
    assertThat(clock.date(1500, later, 3_600_000 * MILLI)).isEqualTo(later);
  }
}
