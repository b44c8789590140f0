package fr.vigie.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.signal.Quality;
import fr.vigie.time.Span;
import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.CommandCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Payload;
import fr.vigie.wire.StateCodec;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
  private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");

  private final Press press = new Press("pi-1", 7);
  private final Inbox inbox = new Inbox(2_000, 8 << 20);
  private final TinyStore store = new TinyStore();
  private final List<Sent> sent = new ArrayList<>();
  private final List<List<IncomingBatch>> heard = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private boolean linkUp = true;
  private String generation = "";
  private long nanos = 1_000_000_000_000L;
  private int settled;
  private DeadLetters letters;
  private AgentDirectory agents;
  private Feed feed;
  private Ingest ingest;
  @TempDir Path folder;

  private record Sent(Topic topic, byte[] payload) {}

  @BeforeEach
  void start() {
    InstantSource clock = InstantSource.fixed(NOW);
    letters = new DeadLetters(folder.resolve("letters"), clock);
    agents = new AgentDirectory(clock);
    feed = new Feed(List.of(heard::add));
    Births births = new Births(folder.resolve("births"));
    Progress progress = new Progress(store, () -> generation);
    Outgoing out = (topic, payload) -> linkUp && sent.add(new Sent(topic, payload));
    ingest =
        new Ingest(
            inbox,
            new Reader(births, clock),
            store,
            progress,
            new Replies(progress, out, () -> "id-" + sent.size()),
            new Ledger(births, agents, letters, new IngestMeters(meters), feed, clock));
  }

  @Test
  void manyWaitingBatchesAreOneWriteAndOneAcknowledgement() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    for (int sequence = 1; sequence <= 100; sequence++) {
      arrives(Topic.Channel.DATA, press.bytes(sequence));
    }

    work();

    assertThat(store.writes()).isEqualTo(1);
    assertThat(store.total()).isEqualTo(1_000);
    assertThat(acks()).containsExactly(new Ack(7, 100, List.of()));
    assertThat(settled).isEqualTo(101);
    assertThat(meters.counter("vigie.ingest.samples.stored").count()).isEqualTo(1_000);
  }

  @Test
  void nothingIsAcknowledgedBeforeItIsDurable() throws Exception {
    store.beforeWrite(batches -> assertThat(acks()).isEmpty());
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));

    work();

    assertThat(acks()).hasSize(1);
  }

  @Test
  void aFullDiskMeansNoAcknowledgementAndNoLoss() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    store.full(true);

    assertThatIOException().isThrownBy(this::work).withMessageContaining("No space");
    assertThatIOException().isThrownBy(this::work);
    assertThat(acks()).as("the agent hears that the server is there").isNotEmpty();
    assertThat(acks()).extracting(Ack::sequence).containsOnly(0L);
    assertThat(settled).as("only the birth").isEqualTo(1);
    sent.clear();

    store.full(false);
    work();

    assertThat(store.total()).isEqualTo(10);
    assertThat(acks()).containsExactly(new Ack(7, 1, List.of()));
  }

  @Test
  void whatIsSentAgainIsStoredOnceAndAcknowledgedAgain() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();

    assertThat(store.total()).isEqualTo(10);
    assertThat(store.writes()).isEqualTo(1);
    assertThat(acks()).containsExactly(new Ack(7, 1, List.of()), new Ack(7, 1, List.of()));
    assertThat(agent().duplicates()).isEqualTo(1);
  }

  @Test
  void aGapHoldsTheMarkUntilItIsFilled() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    arrives(Topic.Channel.DATA, press.bytes(3));
    work();
    arrives(Topic.Channel.DATA, press.bytes(2));
    work();

    assertThat(acks()).extracting(Ack::sequence).containsExactly(1L, 3L);
  }

  @Test
  void anUnknownBirthIsAskedForOnceInAWhile() throws Exception {
    for (int sequence = 1; sequence <= 50; sequence++) {
      arrives(Topic.Channel.DATA, press.bytes(sequence));
    }
    work();
    nanos += TimeUnit.SECONDS.toNanos(6);
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();

    assertThat(acks()).isEmpty();
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).topic()).isEqualTo(new Topic("lyon", "pi-1", Topic.Channel.CMD));
    assertThat(CommandCodec.decode(sent.get(0).payload()).name()).isEqualTo("birth");
    assertThat(letters.came()).isZero();
  }

  @Test
  void aBatchThatOvertakesItsBirthIsStoredWhenTheBirthComes() throws Exception {
    arrives(Topic.Channel.DATA, press.bytes(1));
    arrives(Topic.Channel.DATA, press.bytes(2));
    work();
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(3));
    work();

    assertThat(acks()).containsExactly(new Ack(7, 3, List.of()));
    assertThat(settled).isEqualTo(4);
  }

  @Test
  void batchesWithoutABirthDoNotFillTheMemory() throws Exception {
    Unborn unborn = new Unborn();
    for (int i = 0; i < 10_000; i++) {
      unborn.hold(press.source(), new Arrival("t", new byte[100_000], i, () -> {}));
    }
    List<Arrival> released = unborn.release(press.source());
    assertThat(released).hasSize(20);
    assertThat(released.get(19).at()).isEqualTo(9_999);
    assertThat(unborn.release(press.source())).isEmpty();
  }

  @Test
  void birthsOutliveTheServer() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    work();
    start();
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();

    assertThat(store.total()).isEqualTo(10);
    assertThat(new Births(folder.resolve("births")).latest())
        .containsEntry(press.source(), press.birth());
  }

  @Test
  void aBatchThatDoesNotFitItsBirthIsRefusedAndTheQueueMovesOn() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    arrives(Topic.Channel.DATA, columns(press.of(2, part(2))));
    arrives(Topic.Channel.DATA, columns(press.of(3, part(1))));
    arrives(Topic.Channel.DATA, press.bytes(4));

    work();

    Ack ack = acks().get(0);
    assertThat(ack.sequence()).isEqualTo(4);
    assertThat(ack.refused()).extracting(Ack.Refusal::sequence).containsExactly(2L, 3L);
    assertThat(ack.refused().get(0).reason()).contains("found the place 2");
    assertThat(ack.refused().get(1).reason()).contains("press/state").contains("found numbers");
    assertThat(store.total()).isEqualTo(20);
    assertThat(store.allLosses())
        .hasSize(2)
        .allMatch(declared -> declared.loss().reason() == Loss.Reason.REFUSED)
        .allMatch(declared -> declared.loss().count() == 1);
    assertThat(letters.list()).hasSize(2);
    assertThat(agent().refused()).isEqualTo(2);
  }

  @Test
  void aRefusedBatchThatComesAgainIsNotKeptTwice() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, columns(press.of(1, part(2))));
    work();
    arrives(Topic.Channel.DATA, columns(press.of(1, part(2))));
    work();

    assertThat(letters.list()).hasSize(1);
    assertThat(store.allLosses()).hasSize(1);
    assertThat(acks()).allSatisfy(ack -> assertThat(ack.refused()).hasSize(1)).hasSize(2);
  }

  @Test
  void aBatchThatTheStoreCannotTakeDoesNotHoldUpTheOthers() throws Exception {
    store.beforeWrite(
        batches -> {
          if (batches.stream().anyMatch(b -> b.sequence() == 2 && !b.parts().isEmpty())) {
            throw new IllegalArgumentException("no such year");
          }
        });
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    for (int sequence = 1; sequence <= 3; sequence++) {
      arrives(Topic.Channel.DATA, press.bytes(sequence));
    }

    work();

    assertThat(acks().get(0).sequence()).isEqualTo(3);
    assertThat(acks().get(0).refused()).hasSize(1);
    assertThat(store.total()).isEqualTo(20);
    assertThat(store.allLosses()).singleElement().matches(loss -> loss.loss().count() == 10);
  }

  @Test
  void poisonOfEverySortIsSetAsideAndNothingStops() throws Exception {
    byte[] good = press.bytes(1);
    List<byte[]> poison = new ArrayList<>();
    poison.add(new byte[0]);
    poison.add("not a batch".getBytes(StandardCharsets.UTF_8));
    poison.add(new byte[] {(byte) 0xff, (byte) 0xfe});
    poison.add("{\"v\":9,\"epoch\":\"7\",\"sequence\":1}".getBytes(StandardCharsets.UTF_8));
    poison.add("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    poison.add(("{" + "\"a\":{".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
    poison.add(new byte[1 << 20]);
    for (int length = 1; length < good.length; length++) {
      poison.add(Arrays.copyOf(good, length));
    }
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    for (byte[] bytes : poison) {
      arrives(Topic.Channel.DATA, bytes);
      work();
    }
    for (String topic : List.of("vigie/v1/lyon//data", "vigie/v1/ly\u0000n/a/data", "\uFFFD", "")) {
      inbox.offer(new Arrival(topic, good, nanos, () -> settled++));
    }
    arrives(Topic.Channel.BIRTH, "{}".getBytes(StandardCharsets.UTF_8));
    arrives(Topic.Channel.BIRTH, new Press("other", 1).birthBytes());
    arrives(Topic.Channel.STATE, "[]".getBytes(StandardCharsets.UTF_8));
    work();
    arrives(Topic.Channel.DATA, good);
    work();

    assertThat(store.total()).isEqualTo(10);
    assertThat(acks()).containsExactly(new Ack(7, 1, List.of()));
    assertThat(letters.came()).isEqualTo(poison.size() + 4 + 3);
    assertThat(settled).isEqualTo(poison.size() + 4 + 3 + 2);
  }

  @Test
  void damagedBytesNeverStopIngestNorStoreWhatWasNotSent() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    byte[] good = BatchCodec.encode(press.batch(1), Payload.JSON);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = press.bytes(1);
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      arrives(Topic.Channel.DATA, damaged);
      byte[] text = good.clone();
      text[random.nextInt(2)] = (byte) random.nextInt();
      arrives(Topic.Channel.DATA, text);
    }
    while (inbox.size() > 0) {
      work();
    }

    assertThat(store.total()).as("seed %d", seed).isIn(0L, 10L);
  }

  @Test
  void anAgentThatComesBackHearsHowFarItsEpochIsStored() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();
    sent.clear();
    arrives(Topic.Channel.STATE, press.online());
    work();

    assertThat(acks()).containsExactly(new Ack(7, 1, List.of()));
    assertThat(agent().online()).isTrue();
  }

  @Test
  void anAgentThatAsksHearsOfEachEpochAndOfWhichStoreItIs() throws Exception {
    generation = "second";
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();
    sent.clear();
    AgentState asking = new AgentState(true, 9, Press.START, List.of(9L, 7L, 3L));
    arrives(Topic.Channel.STATE, StateCodec.encode(asking));
    work();

    assertThat(acks())
        .containsExactlyInAnyOrder(
            new Ack(9, 0, List.of(), "second"),
            new Ack(7, 1, List.of(), "second"),
            new Ack(3, 0, List.of(), "second"));
  }

  @Test
  void aFloorCountsOnlyOnceTheAgentKnowsWhatThisStoreHas() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();
    start();
    sent.clear();
    byte[] standIn = columns(new Batch(7, 9, 8, press.birth().id(), List.of(), List.of(lost())));
    arrives(Topic.Channel.DATA, standIn);
    work();
    assertThat(acks()).containsExactly(new Ack(7, 1, List.of()));
    assertThat(store.allLosses()).isEmpty();

    arrives(Topic.Channel.DATA, standIn);
    work();

    assertThat(acks()).last().isEqualTo(new Ack(7, 9, List.of()));
    assertThat(store.allLosses()).hasSize(1);
  }

  @Test
  void otherContentUnderTheSameIdentityIsSetAsideAndAnAlarm() throws Exception {
    Press copy = new Press("pi-1", 7);
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    arrives(Topic.Channel.DATA, columns(copy.batch(1, 3)));
    work();
    arrives(Topic.Channel.DATA, columns(copy.batch(1, 4)));
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();

    assertThat(store.total()).isEqualTo(10);
    assertThat(letters.list()).hasSize(2);
    assertThat(letters.list().get(0).reason()).contains("batch 1 of epoch 7", "reset-identity");
    assertThat(agents.alarm(press.source()).orElseThrow().text()).contains("other content");
    assertThat(acks()).last().matches(ack -> ack.sequence() == 1 && ack.refused().size() == 1);
  }

  @Test
  void aStandInForABatchThatCameBeforeIsNoConflict() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(3));
    work();
    arrives(
        Topic.Channel.DATA,
        columns(new Batch(7, 3, 2, press.birth().id(), List.of(), List.of(lost()))));
    work();

    assertThat(letters.came()).isZero();
    assertThat(agents.alarm(press.source())).isEmpty();
    assertThat(acks()).last().isEqualTo(new Ack(7, 3, List.of()));
    assertThat(store.allLosses()).hasSize(1);
  }

  @Test
  void twoAgentsOfOneNameAreAnAlarmAndBothAreStored() throws Exception {
    Press other = new Press("pi-1", 8);
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.STATE, press.online());
    arrives(Topic.Channel.DATA, press.bytes(1));
    arrives(Topic.Channel.STATE, other.online());
    arrives(Topic.Channel.DATA, other.bytes(1));
    work();
    assertThat(agents.alarm(press.source())).as("a restart looks like this").isEmpty();

    arrives(Topic.Channel.STATE, press.online());
    work();

    assertThat(agents.alarm(press.source()).orElseThrow().text())
        .contains("two agents are named pi-1", "epoch 7 (connected since", "epoch 8 (connected");
    assertThat(store.total()).isEqualTo(20);
  }

  @Test
  void anAgentWhoseMessagesFoundNoRoomHearsThatTheServerIsThere() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.STATE, press.online());
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();
    sent.clear();
    Arrival large =
        new Arrival(press.topic(Topic.Channel.DATA), new byte[9 << 20], nanos, () -> {});
    assertThat(inbox.offer(large)).isFalse();
    work();

    assertThat(acks()).containsExactly(new Ack(7, 1, List.of()));
  }

  @Test
  void aSlowStoreIsGivenLessAtOnceAndMoreAgainWhenItIsQuick() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    AtomicLong each = new AtomicLong(TimeUnit.MILLISECONDS.toNanos(4));
    store.beforeWrite(
        batches -> {
          sizes.add(batches.size());
          long until = System.nanoTime() + batches.size() * each.get();
          while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
          }
        });
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    for (int sequence = 1; sequence <= 700; sequence++) {
      arrives(Topic.Channel.DATA, press.bytes(sequence));
    }
    work();
    each.set(0);
    while (inbox.size() > 0) {
      work();
    }

    assertThat(sizes.get(0)).isEqualTo(512);
    assertThat(sizes.get(1)).isLessThan(256);
  }

  @Test
  void aBatchOfWhichTheStoreTakesNotEvenANoteDoesNotHoldUpTheOthers() throws Exception {
    store.beforeWrite(
        batches -> {
          if (batches.stream().anyMatch(b -> b.sequence() == 2)) {
            throw new IllegalStateException("no such row");
          }
        });
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    for (int sequence = 1; sequence <= 3; sequence++) {
      arrives(Topic.Channel.DATA, press.bytes(sequence));
    }
    work();
    arrives(Topic.Channel.DATA, press.bytes(4));
    work();

    assertThat(store.total()).isEqualTo(30);
    assertThat(letters.list()).singleElement().matches(l -> l.reason().contains("no such row"));
    assertThat(settled).isEqualTo(5);
  }

  private static Loss lost() {
    return new Loss("*", new Span(NOW, NOW), -1, Loss.Reason.OUTBOX_FULL);
  }

  @Test
  void acknowledgementsThatCannotGoOutGoOutLaterAndSayTheLatest() throws Exception {
    linkUp = false;
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();
    arrives(Topic.Channel.DATA, press.bytes(2));
    work();
    linkUp = true;
    work();

    assertThat(acks()).containsExactly(new Ack(7, 2, List.of()));
  }

  @Test
  void listenersHearOfWhatIsDurable() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    arrives(Topic.Channel.DATA, press.bytes(1));
    work();
    feed.step(Duration.ZERO);

    assertThat(heard).singleElement().satisfies(group -> assertThat(group).hasSize(1));
  }

  @Test
  void aSlowListenerMissesTheOldestAndItIsCounted() throws Exception {
    arrives(Topic.Channel.BIRTH, press.birthBytes());
    for (int sequence = 1; sequence <= 100; sequence++) {
      arrives(Topic.Channel.DATA, press.bytes(sequence));
      work();
    }
    for (int i = 0; i < 100; i++) {
      feed.step(Duration.ZERO);
    }

    assertThat(heard).hasSize(64);
    assertThat(heard.get(63).get(0).sequence()).isEqualTo(100);
    assertThat(feed.dropped()).isEqualTo(36);
  }

  @Test
  void aFullInboxTurnsAwayAndCounts() {
    Inbox small = new Inbox(2, 100);
    Arrival thirty = new Arrival("t", new byte[30], 0, () -> {});
    assertThat(small.offer(thirty)).isTrue();
    assertThat(small.offer(new Arrival("t", new byte[80], 0, () -> {}))).isFalse();
    assertThat(small.offer(thirty)).isTrue();
    assertThat(small.offer(thirty)).isFalse();
    assertThat(small.turnedAway()).isEqualTo(2);
    assertThat(small.bytes()).isEqualTo(60);
    assertThat(small.poll()).isPresent();
    assertThat(small.bytes()).isEqualTo(30);
  }

  private static Batch.Part part(int place) {
    return new Batch.Part(place, Column.numbers().add(0, 1.5, Quality.GOOD).build());
  }

  private static byte[] columns(Batch batch) {
    return BatchCodec.encode(batch, Payload.COLUMNS);
  }

  private void arrives(Topic.Channel channel, byte[] payload) {
    assertThat(inbox.offer(new Arrival(press.topic(channel), payload, nanos, () -> settled++)))
        .isTrue();
  }

  private void work() throws IOException, InterruptedException {
    ingest.step(Duration.ZERO);
  }

  private AgentSeen agent() {
    return agents.agent(press.source()).orElseThrow();
  }

  private List<Ack> acks() {
    List<Ack> acks = new ArrayList<>();
    for (Sent message : sent) {
      if (message.topic().channel() == Topic.Channel.ACK) {
        try {
          acks.add(AckCodec.decode(message.payload()));
        } catch (WireException e) {
          throw new AssertionError(e);
        }
      }
    }
    return acks;
  }
}
