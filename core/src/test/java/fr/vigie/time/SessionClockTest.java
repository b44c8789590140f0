package fr.vigie.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.time.ClockState.Source;
import fr.vigie.time.SessionClock.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionClockTest {
  private static final Instant TRUTH = Instant.parse("2026-11-24T06:00:00Z");
  private static final Instant LAST_KNOWN = Instant.parse("2026-11-23T18:00:00Z");

  private long nanos = Duration.ofSeconds(20).toNanos();
  private Duration wrong = Duration.ZERO;

  private Instant truth() {
    return TRUTH.plusNanos(nanos);
  }

  private Instant wall() {
    return truth().plus(wrong);
  }

  private SessionClock clock() {
    return new SessionClock(() -> nanos, this::wall, LAST_KNOWN);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Instant dated(SessionClock clock, Instant stamp) {
    return Nanos.instant(clock.date(Nanos.of(stamp)));
  }

  @Test
  void aBoardThatBootsIn1970NeverClaimsATimeBeforeTheLastThatWasKnown() {
    wrong = Duration.between(TRUTH, Instant.EPOCH);
    SessionClock clock = clock();
    pass(Duration.ofMinutes(3));

    assertThat(clock.observe(false)).isEmpty();
    assertThat(clock.isKnown()).isFalse();
    assertThat(clock.now()).isEqualTo(LAST_KNOWN.plusSeconds(180));
    assertThat(BootTime.is(clock.stamp())).isTrue();
    assertThatThrownBy(() -> clock.date(Nanos.of(clock.stamp())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWasStampedBeforeSynchronisationIsDatedExactlyAfterIt() {
    wrong = Duration.between(TRUTH, Instant.EPOCH);
    SessionClock clock = clock();
    Instant early = clock.stamp();
    Instant earlyTruth = truth();
    pass(Duration.ofHours(5));
    wrong = Duration.ZERO;

    assertThat(clock.observe(true)).get().isInstanceOf(Event.Known.class);
    assertThat(dated(clock, early)).isEqualTo(earlyTruth);
    assertThat(dated(clock, clock.stamp())).isEqualTo(truth());
    assertThat(clock.state().source()).isEqualTo(Source.SYSTEM);
    assertThat(clock.state().correction())
        .isEqualTo(Duration.between(LAST_KNOWN.minusSeconds(20), TRUTH));
  }

  @Test
  void theServersTimeIsRightToHalfTheRoundTrip() {
    wrong = Duration.ofDays(-400);
    SessionClock clock = clock();
    long asked = nanos;
    pass(Duration.ofMillis(90));
    Instant server = truth();
    pass(Duration.ofMillis(10));

    assertThat(clock.told(server, asked))
        .get()
        .isEqualTo(
            new Event.Known(Source.SERVER, clock.state().correction(), Duration.ofMillis(50)));
    assertThat(Duration.between(truth(), clock.now()).abs()).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void aDeviceThatDatedItselfKeepsItsDate() {
    SessionClock clock = clock();
    clock.observe(true);
    Instant own = Instant.parse("2019-03-01T00:00:00.000000123Z");

    assertThat(dated(clock, own)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(longs = {3600, -3600, 1, -1})
  void aStepOfTheClockIsFollowedAtOnceAndTold(long seconds) {
    SessionClock clock = clock();
    clock.observe(true);
    pass(Duration.ofSeconds(10));
    Instant before = clock.stamp();
    Instant beforeDate = truth();
    wrong = Duration.ofSeconds(seconds);
    pass(Duration.ofMillis(100));

    assertThat(clock.observe(true))
        .get()
        .isEqualTo(new Event.Stepped(new ClockState.Step(wrong, wall())));
    assertThat(clock.now()).isEqualTo(wall());
    assertThat(dated(clock, before)).isEqualTo(beforeDate);
    assertThat(clock.state().steps()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void slewsAreSmoothedAndDatesOfGrowingMomentsGrow(long seed) {
    Random random = new Random(seed);
    SessionClock clock = clock();
    clock.observe(true);
    Instant last = clock.now();
    for (int second = 0; second < 2_000; second++) {
      wrong = wrong.plusMillis(random.nextInt(41) - 20);
      wrong = wrong.abs().toMillis() > 200 ? Duration.ZERO : wrong;
      for (int k = 0; k < 10; k++) {
        pass(Duration.ofNanos(1 + random.nextInt(200_000_000)));
        Instant now = dated(clock, clock.stamp());
        assertThat(now).as("seed %d", seed).isAfterOrEqualTo(last);
        last = now;
      }
      assertThat(clock.observe(true)).as("seed %d", seed).isEmpty();
    }
    wrong = Duration.ofMillis(200);
    for (int second = 0; second < 600; second++) {
      pass(Duration.ofSeconds(1));
      clock.observe(true);
    }
    assertThat(clock.now()).isEqualTo(wall());
  }

  @Test
  void theBoardsOwnClockIsIgnoredUntilItIsTrustedAndThenPreferred() {
    wrong = Duration.ofHours(-2);
    SessionClock clock = clock();
    clock.told(truth(), nanos);
    wrong = Duration.ofHours(-3);
    assertThat(clock.observe(false)).isEmpty();
    assertThat(clock.now()).isEqualTo(truth());

    wrong = Duration.ofSeconds(2);
    assertThat(clock.observe(true)).get().isInstanceOf(Event.Stepped.class);
    assertThat(clock.state().source()).isEqualTo(Source.SYSTEM);
    assertThat(clock.told(truth(), nanos)).isEmpty();
    assertThat(clock.state().server()).contains(Duration.ofSeconds(-2));
  }
}
