package fr.vigie.link;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.time.ClockState;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.ClockReading;
import fr.vigie.wire.ClockReadingCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Payload;
import fr.vigie.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boards without a clock, from the driver's reading to the server's store. */
class TimekeeperTest {
  private static final Signal PARTS = new Signal("press", "parts", Kind.COUNTER, "1");
  private static final Duration UNSET =
      Duration.between(Instant.parse("2026-11-24T06:00:00Z"), Instant.EPOCH);

  @TempDir Path folder;
  private final FakeServer server = new FakeServer();
  private Instant bootedAt = Instant.parse("2026-11-24T06:00:00Z");
  private long boot = 0xB001;
  private long nanos = Duration.ofSeconds(30).toNanos();
  private Duration wrong = UNSET;
  private boolean trusted;
  private Payload payload = Payload.COLUMNS;
  private Outbox outbox;
  private Timekeeper timekeeper;
  private Courier courier;
  private boolean answering;
  private int made;

  @BeforeEach
  void start() throws IOException {
    timekeeper =
        new Timekeeper(folder.resolve("clock"), boot, () -> nanos, this::wall, () -> trusted);
    outbox =
        Outbox.open(
            folder.resolve("outbox"), new Outbox.Settings(8 << 20, 1 << 20), timekeeper::now);
    courier =
        new Courier(
            CourierSettings.of("atelier", "pi", "test")
                .with(payload, Duration.ofSeconds(5), Duration.ofSeconds(1)),
            Map.of("press", List.of(PARTS)),
            folder,
            outbox,
            server,
            () -> nanos,
            timekeeper,
            new Random(made));
  }

  @AfterEach
  void close() throws IOException {
    outbox.close();
  }

  private Instant truth() {
    return bootedAt.plusNanos(nanos);
  }

  private Instant wall() {
    return truth().plus(wrong);
  }

  private Instant part() {
    made++;
    courier.accept(PARTS, Sample.good(timekeeper.stamps().instant(), made));
    return truth();
  }

  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 50) {
      nanos += Duration.ofMillis(50).toNanos();
      courier.step();
      while (answering && !server.questions.isEmpty()) {
        long question = server.questions.remove(server.questions.size() - 1).question();
        server.questions.clear();
        server.say(
            Topic.Channel.TIME,
            ClockReadingCodec.encode(new ClockReading(question, truth(), true)));
      }
    }
  }

  /** What a power cut leaves: nothing is closed in order; the board is off for a while. */
  private void reboot(Duration off) throws IOException {
    outbox.close();
    bootedAt = truth().plus(off);
    boot++;
    nanos = Duration.ofSeconds(25).toNanos();
    start();
  }

  private List<Instant> times() {
    return server.samples.stream().map(Sample::time).toList();
  }

  @ParameterizedTest
  @EnumSource(Payload.class)
  void aBootIn1970IsDatedAsAWholeOnceTheSystemIsSynchronised(Payload form) throws IOException {
    outbox.close();
    payload = form;
    start();
    Instant first = part();
    pass(Duration.ofMinutes(2));
    Instant second = part();
    pass(Duration.ofMillis(300));
    assertThat(server.samples).isEmpty();
    assertThat(outbox.records()).isEqualTo(1);

    wrong = Duration.ZERO;
    trusted = true;
    pass(Duration.ofSeconds(3));

    assertThat(times()).containsExactly(first, second);
    assertThat(server.samples).extracting(Sample::quality).containsOnly(Quality.GOOD);
    assertThat(courier.status().waiting()).isZero();
  }

  @Test
  void withoutASynchronisedClockTheServerIsAskedAndBelieved() {
    answering = true;
    Instant first = part();
    pass(Duration.ofSeconds(3));

    assertThat(timekeeper.state().source()).isEqualTo(ClockState.Source.SERVER);
    assertThat(timekeeper.state().uncertainty()).isLessThanOrEqualTo(Duration.ofMillis(50));
    assertThat(Duration.between(first, times().get(0)).abs())
        .isLessThanOrEqualTo(timekeeper.state().uncertainty());
    assertThat(server.samples).extracting(Sample::quality).containsOnly(Quality.GOOD);
  }

  @Test
  void anAnswerThatTookSecondsMakesTheDatesUncertain() {
    part();
    pass(Duration.ofSeconds(1));
    long question = server.questions.get(server.questions.size() - 1).question();
    nanos += Duration.ofMillis(1_900).toNanos();
    server.say(
        Topic.Channel.TIME, ClockReadingCodec.encode(new ClockReading(question, truth(), true)));
    pass(Duration.ofSeconds(5));

    assertThat(server.samples).extracting(Sample::quality).containsOnly(Quality.UNCERTAIN);
  }

  @Test
  void anAnswerToAnEarlierQuestionIsNotBelieved() {
    pass(Duration.ofSeconds(1));
    long old = server.questions.get(0).question();
    pass(Duration.ofSeconds(5));
    server.say(Topic.Channel.TIME, ClockReadingCodec.encode(new ClockReading(old, truth(), true)));
    pass(Duration.ofSeconds(1));

    assertThat(timekeeper.isKnown()).isFalse();
  }

  @Test
  void readingsOfAProcessThatWasKilledAreDatedByTheNextOneOfTheSameBoot() throws IOException {
    Instant first = part();
    pass(Duration.ofSeconds(10));
    outbox.close();
    start();
    Instant second = part();
    pass(Duration.ofSeconds(10));
    wrong = Duration.ZERO;
    trusted = true;
    pass(Duration.ofSeconds(3));

    assertThat(times()).containsExactlyInAnyOrder(first, second);
    assertThat(server.samples).extracting(Sample::quality).containsOnly(Quality.GOOD);
  }

  @Test
  void whatWasLearnedInABootHoldsForTheNextProcessOfIt() throws IOException {
    answering = true;
    part();
    pass(Duration.ofSeconds(3));
    outbox.close();
    answering = false;
    start();

    assertThat(timekeeper.isKnown()).isTrue();
    assertThat(Duration.between(truth(), timekeeper.now()).abs())
        .isLessThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aSessionThatEndedUndatedIsSentBetweenItsBoundsAndStaysUnsynced() throws IOException {
    wrong = Duration.ZERO;
    trusted = true;
    part();
    pass(Duration.ofHours(2));
    Instant known = truth();
    server.reachable = false;
    server.cut();
    trusted = false;
    wrong = UNSET;
    reboot(Duration.ofMinutes(30));
    Instant first = part();
    pass(Duration.ofMinutes(10));
    Instant second = part();
    pass(Duration.ofSeconds(10));
    reboot(Duration.ofMinutes(5));
    server.samples.clear();
    server.reachable = true;
    wrong = Duration.ZERO;
    trusted = true;
    pass(Duration.ofMinutes(2));

    assertThat(server.samples).hasSize(2);
    assertThat(server.samples).extracting(Sample::quality).containsOnly(Quality.CLOCK_UNSYNCED);
    assertThat(times())
        .allSatisfy(time -> assertThat(time).isBetween(known.minus(Duration.ofHours(1)), bootedAt));
    assertThat(Duration.between(times().get(0), times().get(1)))
        .isEqualTo(Duration.between(first, second));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionIsNeverDatedAfterTheNextOneBegan(boolean knownAtOnce) throws IOException {
    Files.writeString(
        folder.resolve("clock"), "vigie clock 1\nlast-known " + truth().minusSeconds(60) + "\n");
    outbox.close();
    start();
    part();
    pass(Duration.ofHours(3));
    part();
    pass(Duration.ofSeconds(10));
    wrong = Duration.ZERO;
    trusted = knownAtOnce;
    reboot(Duration.ofSeconds(20));
    trusted = true;
    pass(Duration.ofMinutes(1));

    assertThat(server.samples).hasSize(2);
    assertThat(times().get(1)).isBefore(bootedAt);
  }

  @Test
  void aBatchIsDatedAlikeEachTimeItIsSent() throws IOException {
    List<Batch> sent = new ArrayList<>();
    server.losing = sent::add;
    part();
    pass(Duration.ofSeconds(10));
    trusted = true;
    wrong = Duration.ZERO;
    pass(Duration.ofSeconds(2));
    wrong = Duration.ofSeconds(300);
    pass(Duration.ofSeconds(30));
    int before = sent.size();
    outbox.close();
    start();
    pass(Duration.ofSeconds(5));

    assertThat(before).isPositive();
    assertThat(sent).hasSizeGreaterThan(before).allMatch(sent.get(0)::equals);
  }

  @Test
  void lossesOfABootWithoutClockAreDatedToo() {
    Instant start = timekeeper.stamps().instant();
    Instant from = truth();
    pass(Duration.ofSeconds(20));
    courier.lost(
        new Loss(
            "press", new Span(start, timekeeper.stamps().instant()), 7, Loss.Reason.DEVICE_GAP));
    Instant to = truth();
    pass(Duration.ofSeconds(2));
    wrong = Duration.ZERO;
    trusted = true;
    pass(Duration.ofSeconds(3));

    assertThat(server.losses)
        .containsExactly(new Loss("press", new Span(from, to), 7, Loss.Reason.DEVICE_GAP));
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600, -3_600})
  void aStepWhileRunningKeepsTheOrderOfSequencesAndIsTold(long seconds) {
    wrong = Duration.ZERO;
    trusted = true;
    for (int i = 0; i < 10; i++) {
      part();
      pass(Duration.ofSeconds(1));
    }
    wrong = Duration.ofSeconds(seconds);
    for (int i = 0; i < 10; i++) {
      part();
      pass(Duration.ofSeconds(1));
    }
    pass(Duration.ofSeconds(2));

    assertThat(server.stored).isSorted().doesNotHaveDuplicates();
    assertThat(server.samples).hasSize(20);
    assertThat(timekeeper.state().lastStep().map(ClockState.Step::by))
        .contains(Duration.ofSeconds(seconds));
    for (int i = 1; i < 20; i++) {
      Duration between = Duration.between(times().get(i - 1), times().get(i));
      if (i < 10 || i > 11) {
        assertThat(between).isEqualTo(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void aDeviceThatDatesItselfIsNotTouched() {
    Instant own = Instant.parse("2026-11-24T05:59:59.123456789Z");
    courier.accept(PARTS, Sample.good(own, 1));
    part();
    pass(Duration.ofSeconds(10));
    wrong = Duration.ZERO;
    trusted = true;
    pass(Duration.ofSeconds(3));

    assertThat(times()).contains(own).hasSize(2);
  }
}
