package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private final List<Loss> declared = new ArrayList<>();
  private long nanos;
  private Outages outages = outages(Optional.empty());

  @Test
  void aDeviceThatSpeaksSoonAfterTheStartWasNotAway() {
    outages.opened(nanos);
    pass(3);
    speak();
    pass(600);
    outages.stop(nanos);

    assertThat(declared).isEmpty();
  }

  @Test
  void aDeviceThatIsAbsentAtTheStartIsAwayFromTheStart() {
    pass(15);

    assertThat(declared).containsExactly(offline(0, 10));
  }

  @Test
  void aShortOutageIsDeclaredWhenTheDeviceIsBack() {
    watched();
    outages.failed(nanos);
    pass(4);
    outages.opened(nanos);
    pass(1);
    assertThat(declared).isEmpty();
    speak();

    assertThat(declared).containsExactly(back(1, 6));
  }

  @Test
  void aLongOutageIsDeclaredInEverLongerPieces() {
    watched();
    outages.failed(nanos);
    pass(10 + 60 + 120 + 240 + 5);
    speak();
    pass(600);

    assertThat(declared)
        .containsExactly(
            offline(1, 11), offline(11, 71), offline(71, 191), offline(191, 431), back(431, 436));
  }

  @Test
  void aStopInOrderTellsTheRestOfAnOutage() {
    watched();
    outages.failed(nanos);
    pass(30);
    outages.stop(nanos);

    assertThat(declared).containsExactly(offline(1, 11), offline(11, 31));
  }

  @Test
  void aThousandFlapsInADayAreDeclaredOneByOne() {
    watched();
    for (int i = 0; i < 1_000; i++) {
      outages.failed(nanos);
      pass(2);
      speak();
      pass(84);
    }

    assertThat(declared).hasSize(1_000).allMatch(loss -> length(loss) == 2);
  }

  @Test
  void aStormOfFlapsIsDeclaredOnceAMinuteAndWhollyCovered() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    watched();
    List<Span> outagesMade = new ArrayList<>();
    while (nanos < Duration.ofHours(1).toNanos()) {
      Instant from = now();
      outages.failed(nanos);
      pass(1 + random.nextInt(2));
      speak();
      outagesMade.add(new Span(from, now()));
      pass(random.nextInt(3));
    }
    outages.stop(nanos);

    assertThat(declared).as("seed %d", seed).hasSizeLessThanOrEqualTo(62);
    assertThat(outagesMade)
        .as("seed %d", seed)
        .allMatch(
            made ->
                declared.stream()
                    .anyMatch(
                        loss ->
                            !loss.when().start().isAfter(made.start())
                                && !loss.when().end().isBefore(made.end())));
  }

  @Test
  void aDeviceThatIsOpenAndSilentForLongerThanItsHeartbeatIsAway() {
    outages = outages(Optional.of(Duration.ofSeconds(30)));
    watched();
    pass(40);
    assertThat(outages.isSilent()).isTrue();
    pass(60);
    speak();
    pass(1);

    assertThat(outages.isSilent()).isFalse();
    assertThat(declared).containsExactly(offline(1, 42), back(42, 101));
  }

  @Test
  void aDeviceWithoutAHeartbeatMayBeSilentOnceItIsOpen() {
    watched();
    outages.failed(nanos);
    pass(2);
    outages.opened(nanos);
    pass(3_600);

    assertThat(declared).containsExactly(back(1, 3));
  }

  @Test
  void anOutageIsDatedByTheDevicesOwnTime() {
    outages.opened(nanos);
    pass(1);
    Instant own = START.minus(Duration.ofHours(3));
    outages.heard(Optional.of(own), nanos);
    pass(5);
    outages.failed(nanos);
    pass(5);
    outages.heard(Optional.of(own.plusSeconds(11)), nanos);

    assertThat(declared)
        .containsExactly(
            new Loss(
                "plc",
                new Span(own.plusSeconds(5), own.plusSeconds(11)),
                -1,
                Loss.Reason.DEVICE_BACK));
  }

  /** Open, and heard one second after the start. */
  private void watched() {
    outages.opened(nanos);
    pass(1);
    speak();
  }

  private void speak() {
    outages.heard(Optional.empty(), nanos);
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos += 1_000_000_000L;
      outages.step(nanos);
    }
  }

  private Instant now() {
    return START.plusNanos(nanos);
  }

  private Outages outages(Optional<Duration> heartbeat) {
    return new Outages("plc", heartbeat, declared::add, START, nanos);
  }

  private static long length(Loss loss) {
    return loss.when().length().toSeconds();
  }

  private static Loss offline(int from, int to) {
    return loss(from, to, Loss.Reason.DEVICE_OFFLINE);
  }

  private static Loss back(int from, int to) {
    return loss(from, to, Loss.Reason.DEVICE_BACK);
  }

  private static Loss loss(int from, int to, Loss.Reason reason) {
    return new Loss("plc", new Span(START.plusSeconds(from), START.plusSeconds(to)), -1, reason);
  }
}
