package fr.vigie.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import fr.vigie.wire.Command;
import fr.vigie.wire.CommandCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Payload;
import fr.vigie.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CourierTest {
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final Signal PARTS = new Signal("press", "parts", Kind.COUNTER, "1");
  private static final Signal TEMPERATURE = new Signal("press", "oil", Kind.GAUGE, "Cel");

  private static final Signal NOTE = new Signal("press", "note", Kind.EVENT, "");

  @TempDir Path folder;
  private final FakeServer server = new FakeServer();
  private final InstantSource clock = () -> START.plusNanos(now());
  private long nanos;
  private long stepAt;
  private Outbox outbox;
  private Courier courier;
  private Duration head = Duration.ofSeconds(5);
  private List<Signal> signals = List.of(PARTS);
  private int made;
  private int steps;

  @BeforeEach
  void start() throws IOException {
    outbox = Outbox.open(folder.resolve("outbox"), new Outbox.Settings(8 << 20, 1 << 20));
    courier = courier();
  }

  @AfterEach
  void close() throws IOException {
    outbox.close();
  }

  private long now() {
    return nanos;
  }

  private Courier courier() throws IOException {
    return new Courier(
        CourierSettings.of("atelier", "pi", "test")
            .with(Payload.COLUMNS, head, Duration.ofSeconds(1)),
        Map.of("press", signals),
        folder,
        outbox,
        server,
        this::now,
        clock,
        new Random(made));
  }

  private void restart() throws IOException {
    outbox.close();
    outbox = Outbox.open(folder.resolve("outbox"), new Outbox.Settings(8 << 20, 1 << 20));
    courier = courier();
  }

  private void part() {
    made++;
    courier.accept(PARTS, Sample.good(clock.instant(), made));
    courier.mark("press", made);
    courier.handedOver();
  }

  /** Time passes as a worker lets it: a step follows news, or the time that the courier names. */
  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 10) {
      nanos += Duration.ofMillis(10).toNanos();
      server.pass(nanos);
      if (server.takeNews() || nanos >= stepAt) {
        courier.step();
        steps++;
        stepAt = nanos + courier.idle().toNanos();
      }
    }
  }

  private List<Integer> stored() {
    List<Integer> values = new ArrayList<>();
    for (Sample sample : server.samples) {
      values.add((int) ((Value.Number) sample.value()).number());
    }
    return values;
  }

  private static List<Integer> upTo(int last) {
    return java.util.stream.IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void whatIsAcknowledgedInTimeNeverTouchesTheDisk() throws IOException {
    for (int i = 0; i < 20; i++) {
      part();
      pass(Duration.ofSeconds(1));
    }
    pass(Duration.ofSeconds(2));

    assertThat(stored()).isEqualTo(upTo(20));
    assertThat(courier.status().waiting()).isZero();
    assertThat(outbox.last()).isEmpty();
  }

  @Test
  void theFirstReadingsAfterAStartDoNotWaitForAWholeInterval() throws IOException {
    part();
    pass(Duration.ofMillis(300));
    assertThat(stored()).isEqualTo(upTo(1));

    part();
    pass(Duration.ofMillis(300));
    assertThat(stored()).isEqualTo(upTo(1));
    pass(Duration.ofSeconds(1));
    assertThat(stored()).isEqualTo(upTo(2));
  }

  @Test
  void anAgentWithoutReadingsIsNotHastyForLong() {
    pass(Duration.ofSeconds(11));
    steps = 0;

    pass(Duration.ofSeconds(10));

    assertThat(steps).isLessThan(12);
  }

  @Test
  void whatIsNotAcknowledgedIsOnTheDiskOnceTheHeadHasPassed() {
    server.acknowledging = false;
    part();
    pass(Duration.ofSeconds(3));
    assertThat(outbox.records()).isZero();

    pass(Duration.ofSeconds(4));

    assertThat(outbox.records()).isEqualTo(1);
  }

  @Test
  void aCourierWithNothingToDoIsAskedOnceASecondAndOnceForEachWordOfTheServer() {
    pass(Duration.ofSeconds(10));
    steps = 0;

    pass(Duration.ofSeconds(60));
    assertThat(steps).isBetween(58, 64);

    for (int i = 0; i < 60; i++) {
      part();
      pass(Duration.ofSeconds(1));
    }
    assertThat(steps).isBetween(58 + 118, 64 + 128);
    assertThat(stored()).isEqualTo(upTo(60));
  }

  @Test
  void aHeadThatIsShorterThanABatchIsKept() throws IOException {
    head = Duration.ofMillis(200);
    restart();
    server.storing = false;
    pass(Duration.ofSeconds(1));
    part();
    while (courier.status().lastSequence() == 0) {
      pass(Duration.ofMillis(10));
    }
    assertThat(outbox.records()).isZero();

    pass(Duration.ofMillis(220));

    assertThat(outbox.records()).isEqualTo(1);
  }

  @Test
  void aDiskThatTakesNothingIsTriedOnceASecond() throws IOException {
    server.storing = false;
    part();
    pass(Duration.ofSeconds(2));
    outbox.close();
    pass(Duration.ofSeconds(10));
    assertThat(courier.status().storageProblem()).contains("kept in memory");
    steps = 0;

    pass(Duration.ofSeconds(5));

    assertThat(steps).isBetween(4, 12);
    outbox = Outbox.open(folder.resolve("other"), new Outbox.Settings(8 << 20, 1 << 20));
  }

  @Test
  void onlyTheServersWordReleases() {
    server.storing = false;
    part();
    pass(Duration.ofSeconds(60));
    assertThat(courier.status().waiting()).isEqualTo(1);

    server.storing = true;
    pass(Duration.ofSeconds(60));

    assertThat(stored()).isEqualTo(upTo(1));
    assertThat(courier.status().waiting()).isZero();
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    server.storing = false;
    part();
    pass(Duration.ofSeconds(30));

    assertThat(courier.status().problem())
        .contains("no server has acknowledged any for 10 s")
        .contains("tcp://fake:1883");
  }

  @Test
  void afterACutTheServersWordTellsFromWhereToSendAnew() {
    server.acknowledging = false;
    part();
    part();
    pass(Duration.ofSeconds(2));
    server.cut();
    server.acknowledging = true;
    part();
    pass(Duration.ofSeconds(5));

    assertThat(stored()).isEqualTo(upTo(3));
    assertThat(server.duplicates).isZero();
    assertThat(courier.status().waiting()).isZero();
  }

  @Test
  void afterACutAndWithoutAWordSendingBeginsAnewAndTheServerStoresOnce() {
    server.acknowledging = false;
    server.mute = true;
    part();
    part();
    pass(Duration.ofSeconds(2));
    server.cut();
    server.acknowledging = true;
    part();
    pass(Duration.ofSeconds(5));

    assertThat(stored()).isEqualTo(upTo(3));
    assertThat(server.duplicates).isEqualTo(1);
    assertThat(courier.status().waiting()).isZero();
  }

  @Test
  void withoutABrokerReadingsGatherAndLaterAllArrive() {
    server.reachable = false;
    for (int i = 0; i < 300; i++) {
      part();
      pass(Duration.ofSeconds(1));
    }
    assertThat(courier.status().connected()).isFalse();
    assertThat(server.connections).isLessThan(40);

    server.reachable = true;
    pass(Duration.ofSeconds(40));

    assertThat(stored().stream().sorted().toList()).isEqualTo(upTo(300));
    assertThat(courier.status().waiting()).isZero();
    assertThat(outbox.records()).isZero();
  }

  @Test
  void anOrderlyStopLeavesEverythingOnTheDisk() throws IOException {
    server.reachable = false;
    part();
    part();
    courier.stop();
    restart();
    server.reachable = true;
    part();
    pass(Duration.ofSeconds(3));

    assertThat(stored()).isEqualTo(upTo(3));
    assertThat(server.highWater).hasSize(2);
  }

  @Test
  void withAHeadOfZeroAKillLosesNothingThatWasHandedOver() throws IOException {
    head = Duration.ZERO;
    restart();
    server.reachable = false;
    for (int i = 0; i < 10; i++) {
      part();
    }
    assertThat(outbox.records()).isEqualTo(10);

    restart();
    server.reachable = true;
    assertThat(Courier.lastMarks(outbox, folder)).containsEntry("press", 10L);
    pass(Duration.ofSeconds(3));

    assertThat(stored()).isEqualTo(upTo(10));
  }

  @Test
  void theMarkOfADeviceThatIsSilentAfterARestartOutlivesTheNextOneToo() throws IOException {
    head = Duration.ZERO;
    courier = courier();
    part();
    courier.mark("oven", 7);
    part();
    restart();
    part();
    restart();
    assertThat(Courier.lastMarks(outbox, folder))
        .containsEntry("oven", 7L)
        .containsEntry("press", 3L);
  }

  @Test
  void afterAKillTheMarksOfWhatTheServerAcknowledgedAreKnown() throws IOException {
    part();
    part();
    pass(Duration.ofSeconds(3));
    assertThat(stored()).isEqualTo(upTo(2));
    server.reachable = false;
    part();
    restart();

    assertThat(outbox.last()).isEmpty();
    assertThat(Courier.lastMarks(outbox, folder)).containsEntry("press", 2L);
  }

  @Test
  void marksThatAreDamagedOnTheMediumCountForNothing() throws IOException {
    part();
    pass(Duration.ofSeconds(3));
    courier.stop();
    Path book = folder.resolve(MarkBook.NAME);
    byte[] bytes = Files.readAllBytes(book);
    assertThat(new MarkBook(folder).newer(Position.BEFORE_ALL, Map.of())).containsKey("press");
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      Files.write(book, damaged);
      assertThat(new MarkBook(folder).newer(Position.BEFORE_ALL, Map.of())).isEmpty();
      Files.write(book, Arrays.copyOf(bytes, i));
      assertThat(new MarkBook(folder).newer(Position.BEFORE_ALL, Map.of())).isEmpty();
    }
  }

  @Test
  void batchesOfAnEarlierConfigurationAreSentWithTheirOwnBirth() throws IOException {
    server.reachable = false;
    part();
    courier.stop();
    signals = List.of(TEMPERATURE, PARTS);
    restart();
    server.reachable = true;
    part();
    pass(Duration.ofSeconds(3));

    assertThat(stored()).isEqualTo(upTo(2));
    assertThat(server.births.stream().map(birth -> birth.signals()).toList())
        .contains(List.of(PARTS), List.of(TEMPERATURE, PARTS));
  }

  @Test
  void aServerThatAsksForTheBirthGetsItAndWhatItCouldNotRead() throws IOException {
    server.storing = false;
    part();
    pass(Duration.ofSeconds(2));
    int before = server.births.size();
    server.storing = true;
    server.say(Topic.Channel.CMD, CommandCodec.encode(new Command("1", Command.BIRTH)));
    pass(Duration.ofSeconds(1));

    assertThat(server.births.size()).isGreaterThan(before);
    assertThat(stored()).isEqualTo(upTo(1));
  }

  @Test
  void whatTheOutboxDropsAtItsLimitIsDeclared() throws IOException {
    server.reachable = false;
    Random noise = new Random(made);
    for (int i = 0; i < 3_000; i++) {
      for (int k = 0; k < 500; k++) {
        made++;
        courier.accept(
            PARTS, Sample.good(clock.instant().plusNanos(k * 7919L), noise.nextDouble()));
      }
      nanos += Duration.ofSeconds(1).toNanos();
      courier.step();
    }
    courier.stop();
    long waiting = outbox.records();
    assertThat(waiting).isLessThan(3_000);

    restart();
    server.reachable = true;
    pass(Duration.ofSeconds(120));

    assertThat(courier.status().waiting()).isZero();
    assertThat(server.stored.stream().distinct().count()).isGreaterThanOrEqualTo(waiting);
    assertThat(server.losses).extracting(Loss::reason).contains(Loss.Reason.OUTBOX_FULL);
    assertThat(outbox.takeDropped()).isEmpty();
  }

  @Test
  void aDeclaredLossReachesTheServer() {
    Span when = new Span(START, START.plusSeconds(3));
    courier.lost(new Loss("press", when, 7, Loss.Reason.DEVICE_GAP));
    pass(Duration.ofSeconds(2));

    assertThat(server.losses).containsExactly(new Loss("press", when, 7, Loss.Reason.DEVICE_GAP));
  }

  @Test
  void aSignalThatTheBirthDoesNotDescribeIsRefused() {
    assertThatThrownBy(() -> courier.accept(TEMPERATURE, Sample.good(START, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("oil");
  }

  @Test
  void aRecordThatIsNoBatchIsDeclaredAndHoldsNothingUp() throws IOException {
    server.reachable = false;
    part();
    courier.stop();
    Outbox.Record last = outbox.last().orElseThrow();
    outbox.append(last.epoch(), last.sequence() + 1, new byte[] {0, 9, 1});
    restart();
    server.reachable = true;
    part();
    pass(Duration.ofSeconds(20));

    assertThat(server.losses).extracting(Loss::reason).contains(Loss.Reason.OUTBOX_DAMAGED);
    assertThat(courier.status().waiting()).isZero();
  }

  @Test
  void aBatchThatNoSegmentHoldsIsDeclaredAndHoldsNothingUp() {
    server.reachable = false;
    Random noise = new Random(7);
    byte[] text = new byte[1 << 20];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ('a' + noise.nextInt(26));
    }
    signals = List.of(NOTE, PARTS);
    assertThatCode(this::restart).doesNotThrowAnyException();
    courier.accept(
        NOTE,
        new Sample(
            clock.instant(), Value.of(new String(text, StandardCharsets.US_ASCII)), Quality.GOOD));
    pass(Duration.ofSeconds(10));
    part();
    server.reachable = true;
    pass(Duration.ofSeconds(60));

    assertThat(server.losses).extracting(Loss::reason).containsExactly(Loss.Reason.HEAD_FULL);
    assertThat(stored()).isEqualTo(upTo(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverBreaksEveryPartArrivesOnce(long seed) throws IOException {
    head = Duration.ZERO;
    restart();
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      switch (random.nextInt(12)) {
        case 0 -> server.cut();
        case 1 -> server.reachable = random.nextBoolean();
        case 2 -> server.acknowledging = random.nextBoolean();
        case 3 -> server.storing = random.nextBoolean();
        case 4 -> restart();
        default -> part();
      }
      pass(Duration.ofMillis(random.nextInt(4_000)));
    }
    server.reachable = true;
    server.acknowledging = true;
    server.storing = true;
    pass(Duration.ofSeconds(120));

    assertThat(stored().stream().sorted().toList()).as("seed %d", seed).isEqualTo(upTo(made));
    assertThat(courier.status().waiting()).isZero();
  }

  @Test
  void signalsThatAreDescribedLaterAreToldBeforeTheirFirstBatch() throws IOException {
    part();
    pass(Duration.ofSeconds(3));
    courier.describe("oil", List.of(TEMPERATURE, PARTS));
    courier.describe("oil", List.of(TEMPERATURE));
    courier.accept(TEMPERATURE, Sample.good(clock.instant(), 41));
    part();
    List<Integer> told = new ArrayList<>();
    server.watcher =
        batch -> told.add(server.births.stream().anyMatch(b -> b.id() == batch.birth()) ? 1 : 0);
    pass(Duration.ofSeconds(3));

    assertThat(server.births).hasSize(2);
    assertThat(server.births.get(1).signals()).containsExactly(PARTS, TEMPERATURE);
    assertThat(server.births.get(1).sensors())
        .isEqualTo(Map.of("press", List.of(0), "oil", List.of(1)));
    assertThat(told).containsOnly(1);
    assertThat(stored()).containsExactlyInAnyOrder(1, 2, 41);
  }

  @Test
  void batchesThatWaitInMemoryUnderEarlierBirthsAreUnderstoodWhenTheLinkComesUp()
      throws IOException {
    server.reachable = false;
    part();
    pass(Duration.ofSeconds(2));
    courier.describe("oil", List.of(TEMPERATURE));
    courier.accept(TEMPERATURE, Sample.good(clock.instant(), 41));
    pass(Duration.ofSeconds(1));
    server.reachable = true;
    List<Integer> unknown = new ArrayList<>();
    server.watcher =
        batch -> {
          if (server.births.stream().noneMatch(b -> b.id() == batch.birth())) {
            unknown.add(batch.birth());
          }
        };
    pass(Duration.ofSeconds(40));

    assertThat(unknown).isEmpty();
    assertThat(stored()).containsExactly(1, 41);
  }

  @Test
  void aSignalIsNotDescribedASecondTimeInOtherWords() {
    Signal other = new Signal("press", "parts", Kind.GAUGE, "1");

    assertThatThrownBy(() -> courier.describe("oil", List.of(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("press/parts");
  }
}
