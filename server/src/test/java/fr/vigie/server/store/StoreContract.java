package fr.vigie.server.store;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.missing;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Store.DeclaredLoss;
import fr.vigie.server.store.Store.Window;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises, whatever its engine. */
public abstract class StoreContract {
  protected static final Span ALWAYS =
      new Span(Instant.parse("1990-01-01T00:00:00Z"), Instant.parse("2090-01-01T00:00:00Z"));

  protected Store store = new MemoryStore();

  /** An empty store. */
  protected abstract Store open() throws IOException;

  /** Does what the store does by itself from time to time, such as compressing; or nothing. */
  protected void settle() throws IOException {}

  @BeforeEach
  void openStore() throws IOException {
    store = open();
  }

  @AfterEach
  void closeStore() throws IOException {
    store.close();
  }

  @Test
  void numbersComeBackAsTheyWentIn() throws IOException {
    Sample[] samples = {
      number(0, 0.1),
      number(1, -1234567.891),
      number(2, Double.MAX_VALUE),
      number(3, Double.MIN_VALUE),
      number(4, 1 / 3.0),
      missing(5),
      new Sample(at(6), Value.of(4), Quality.UNCERTAIN),
      new Sample(at(7.000000001), Value.of(4), Quality.CLOCK_UNSYNCED)
    };
    write(batch().numbers(SPEED, samples));

    assertThat(store.range(SPEED, ALWAYS)).containsExactly(samples);
    settle();
    assertThat(store.range(SPEED, ALWAYS)).containsExactly(samples);
    assertThat(store.range(SPEED, ALWAYS).isText()).isFalse();
  }

  @Test
  void textsComeBackAsTheyWentIn() throws IOException {
    Sample[] samples = {
      text(0, "ACTIVE"),
      text(1, ""),
      text(2, "arrêt d'urgence ⚠ 😀 \"quoted\", a=b\\\n\tsecond line"),
      missing(3),
      new Sample(at(4), Value.of("READY"), Quality.UNCERTAIN),
      text(5, "é".repeat(32_768))
    };
    write(batch().texts(STATE, samples));

    assertThat(store.range(STATE, ALWAYS)).containsExactly(samples);
    settle();
    assertThat(store.range(STATE, ALWAYS)).containsExactly(samples);
    assertThat(store.range(STATE, ALWAYS).isText()).isTrue();
    assertThat(store.windows(STATE, ALWAYS, Duration.ofDays(1))).isEmpty();
    assertThat(store.count(STATE, ALWAYS)).isEqualTo(samples.length);
    assertThat(store.asOf(STATE, at(4.5))).contains(samples[4]);
  }

  @Test
  void seriesDoNotMix() throws IOException {
    Series other = new Series("lyon", "press", "Speed");
    Series elsewhere = new Series("brest", "press", "speed");
    write(batch().numbers(SPEED, number(0, 1)).numbers(other, number(0, 2)));
    write(batch().sequence(2).numbers(elsewhere, number(0, 3)));
    settle();

    assertThat(store.series()).containsExactlyInAnyOrder(SPEED, other, elsewhere);
    assertThat(store.range(SPEED, ALWAYS)).containsExactly(number(0, 1));
    assertThat(store.range(other, ALWAYS)).containsExactly(number(0, 2));
    assertThat(store.range(elsewhere, ALWAYS)).containsExactly(number(0, 3));
  }

  @Test
  void anEmptyStoreAnswersWithNothing() throws IOException {
    assertThat(store.series()).isEmpty();
    assertThat(store.range(SPEED, ALWAYS)).isEmpty();
    assertThat(store.windows(SPEED, ALWAYS, Duration.ofDays(9))).isEmpty();
    assertThat(store.asOf(SPEED, at(0))).isEmpty();
    assertThat(store.count(SPEED, ALWAYS)).isZero();
    assertThat(store.losses("lyon", ALWAYS)).isEmpty();
    assertThat(store.highWater(AGENT, 7)).isZero();
    assertThat(store.write(List.of())).isZero();
    store.dropBefore(at(0));
  }

  @Test
  void aSpanHoldsItsStartAndNotItsEnd() throws IOException {
    write(batch().numbers(SPEED, number(0, 1), number(1, 2), number(2, 3)));
    for (int round = 0; round < 2; round++) {
      assertThat(store.range(SPEED, new Span(at(0), at(2))))
          .containsExactly(number(0, 1), number(1, 2));
      assertThat(store.count(SPEED, new Span(at(1), at(2)))).isOne();
      assertThat(store.count(SPEED, new Span(at(1), at(1)))).isZero();
      assertThat(store.range(SPEED, new Span(at(2.5), at(9)))).isEmpty();
      settle();
    }
  }

  @Test
  void samplesOfOneTimeKeepTheirOrder() throws IOException {
    write(batch().texts(STATE, text(1, "b"), text(1, "a"), text(0, "first")));
    settle();
    write(batch().sequence(2).texts(STATE, text(1, "c"), text(0, "second")));
    settle();
    write(batch().sequence(3).texts(STATE, text(1, "0")));

    assertThat(store.range(STATE, ALWAYS))
        .containsExactly(
            text(0, "first"),
            text(0, "second"),
            text(1, "b"),
            text(1, "a"),
            text(1, "c"),
            text(1, "0"));
    assertThat(store.asOf(STATE, at(1))).contains(text(1, "0"));
    assertThat(store.asOf(STATE, at(0.5))).contains(text(0, "second"));
  }

  @Test
  void aBatchThatCameBeforeChangesNothing() throws IOException {
    IncomingBatch batch = batch().numbers(SPEED, number(0, 1)).loss(loss(0, 1)).build();

    assertThat(store.write(List.of(batch, batch))).isOne();
    assertThat(store.write(List.of(batch))).isZero();
    settle();
    assertThat(store.write(List.of(batch))).isZero();
    assertThat(store.range(SPEED, ALWAYS)).containsExactly(number(0, 1));
    assertThat(store.losses("lyon", ALWAYS)).hasSize(1);
  }

  @Test
  void identityIsSourceEpochAndSequence() throws IOException {
    Source other = new Source("lyon", "oven-board");
    Source elsewhere = new Source("brest", "press-board");
    int fresh =
        store.write(
            List.of(
                Batches.of(AGENT, 1).numbers(SPEED, number(0, 1)).build(),
                Batches.of(AGENT, -1).numbers(SPEED, number(1, 2)).build(),
                Batches.of(other, 1).numbers(SPEED, number(2, 3)).build(),
                Batches.of(elsewhere, 1).numbers(SPEED, number(3, 4)).build()));

    assertThat(fresh).isEqualTo(4);
    assertThat(store.count(SPEED, ALWAYS)).isEqualTo(4);
    assertThat(store.highWater(AGENT, 1)).isOne();
    assertThat(store.highWater(AGENT, -1)).isOne();
    assertThat(store.highWater(AGENT, 2)).isZero();
  }

  @Test
  void theHighWaterWaitsForWhatIsMissing() throws IOException {
    write(batch().sequence(1));
    write(batch().sequence(3));
    write(batch().sequence(5));
    assertThat(store.highWater(AGENT, 7)).isOne();

    write(batch().sequence(2));
    assertThat(store.highWater(AGENT, 7)).isEqualTo(3);
    write(batch().sequence(4));
    assertThat(store.highWater(AGENT, 7)).isEqualTo(5);
  }

  @Test
  void aStandInThatRaisesTheHighWaterTellsItsLossEvenWhereItsSequenceIsStored() throws IOException {
    Loss gone = new Loss("*", new Span(at(0), at(4)), -1, Loss.Reason.OUTBOX_FULL);
    write(batch().sequence(1));
    write(batch().sequence(4).numbers(SPEED, number(0, 1)));

    assertThat(write(batch().sequence(4).floor(3).loss(gone))).isOne();
    assertThat(write(batch().sequence(4).floor(3).loss(gone))).isZero();

    assertThat(store.highWater(AGENT, 7)).isEqualTo(4);
    assertThat(store.count(SPEED, ALWAYS)).isOne();
    assertThat(store.losses("lyon", ALWAYS)).extracting(l -> l.loss()).containsExactly(gone);
  }

  @Test
  void aFloorRaisesTheHighWater() throws IOException {
    write(batch().sequence(6).floor(4).numbers(SPEED, number(0, 1)));
    assertThat(store.highWater(AGENT, 7)).isEqualTo(4);

    assertThat(write(batch().sequence(6).floor(5).numbers(SPEED, number(0, 1)))).isZero();
    assertThat(store.highWater(AGENT, 7)).isEqualTo(6);
    assertThat(write(batch().sequence(7).floor(2))).isOne();
    assertThat(store.highWater(AGENT, 7)).isEqualTo(7);
    assertThat(write(batch().sequence(3).numbers(SPEED, number(1, 2)))).isZero();
    assertThat(store.range(SPEED, ALWAYS)).containsExactly(number(0, 1));
  }

  @Test
  void sequencesMayComeInAnyOrder() throws IOException {
    long seed = seed();
    Random random = new Random(seed);
    List<IncomingBatch> batches = new ArrayList<>();
    for (int agent = 0; agent < 3; agent++) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        for (int sequence = 1; sequence <= 60; sequence++) {
          batches.add(
              Batches.of(new Source("lyon", "board-" + agent), epoch)
                  .sequence(sequence)
                  .numbers(
                      new Series("lyon", "m-" + agent, "s-" + epoch), number(sequence, sequence))
                  .build());
        }
      }
    }
    List<IncomingBatch> shuffled = new ArrayList<>(batches);
    shuffled.addAll(batches.subList(0, 100));
    Collections.shuffle(shuffled, random);
    int fresh = 0;
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
      fresh += store.write(shuffled.subList(from, to));
      from = to;
      if (random.nextInt(5) == 0) {
        settle();
      }
    }

    assertThat(fresh).as("seed %d", seed).isEqualTo(batches.size());
    for (int agent = 0; agent < 3; agent++) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        assertThat(store.highWater(new Source("lyon", "board-" + agent), epoch)).isEqualTo(60);
        assertThat(store.range(new Series("lyon", "m-" + agent, "s-" + epoch), ALWAYS))
            .as("seed %d", seed)
            .containsExactlyElementsOf(
                IntStream.rangeClosed(1, 60).mapToObj(n -> number(n, n)).toList());
      }
    }
  }

  @Test
  void lateSamplesTakeTheirPlace() throws IOException {
    write(batch().numbers(SPEED, number(10, 10), number(20, 20)));
    settle();
    write(batch().sequence(2).numbers(SPEED, number(30, 30)));
    settle();
    write(batch().sequence(3).numbers(SPEED, number(15, 15), number(5, 5)));

    for (int round = 0; round < 2; round++) {
      assertThat(store.range(SPEED, ALWAYS))
          .containsExactly(
              number(5, 5), number(10, 10), number(15, 15), number(20, 20), number(30, 30));
      assertThat(store.asOf(SPEED, at(19))).contains(number(15, 15));
      assertThat(store.windows(SPEED, new Span(at(0), at(30)), Duration.ofSeconds(15)))
          .containsExactly(
              new Window(new Span(at(0), at(15)), 2, 15, 5, 10, 5, 10),
              new Window(new Span(at(15), at(30)), 2, 35, 15, 20, 15, 20));
      settle();
    }
  }

  @Test
  void windowsLeaveOutWhatHasNoValue() throws IOException {
    write(batch().numbers(SPEED, missing(0), number(1, 4), number(2, 6), missing(3), missing(11)));
    for (int round = 0; round < 2; round++) {
      List<Window> windows = store.windows(SPEED, new Span(at(0), at(20)), Duration.ofSeconds(10));
      assertThat(windows).containsExactly(new Window(new Span(at(0), at(10)), 2, 10, 4, 6, 4, 6));
      assertThat(windows.get(0).mean()).isEqualTo(5);
      settle();
    }
  }

  @Test
  void theLastWindowEndsWithTheSpan() throws IOException {
    write(batch().numbers(SPEED, number(0, 1), number(12, 2), number(14, 3)));
    settle();

    assertThat(store.windows(SPEED, new Span(at(0), at(13)), Duration.ofSeconds(10)))
        .containsExactly(
            new Window(new Span(at(0), at(10)), 1, 1, 1, 1, 1, 1),
            new Window(new Span(at(10), at(13)), 1, 2, 2, 2, 2, 2));
    assertThat(store.windows(SPEED, new Span(at(0), at(13)), Duration.ofDays(400)))
        .containsExactly(new Window(new Span(at(0), at(13)), 2, 3, 1, 2, 1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.windows(SPEED, ALWAYS, Duration.ZERO));
  }

  @Test
  void everyAnswerIsThatOfThePlainTwin() throws IOException {
    long seed = seed();
    Random random = new Random(seed);
    MemoryStore twin = new MemoryStore();
    long sequence = 0;
    double clock = 0;
    for (int write = 0; write < 60; write++) {
      List<IncomingBatch> batches = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        clock += random.nextInt(20_000);
        boolean late = random.nextInt(4) == 0;
        double from = late ? random.nextDouble() * clock : clock;
        Column.Builder speeds = Column.numbers();
        Column.Builder states = Column.texts();
        for (int n = random.nextInt(200); n > 0; n--) {
          from += random.nextInt(3) * 0.5;
          speeds.add(sample(random, from, false));
          states.add(sample(random, from, true));
        }
        sequence++;
        batches.add(
            batch()
                .sequence(sequence)
                .with(SPEED, speeds.build())
                .with(STATE, states.build())
                .build());
      }
      assertThat(store.write(batches)).isEqualTo(twin.write(batches));
      if (random.nextInt(6) == 0) {
        settle();
      }
    }

    for (int query = 0; query < 60; query++) {
      Instant start = at(Math.floor(random.nextDouble() * clock));
      Span span = new Span(start, start.plusSeconds(random.nextInt((int) clock)));
      assertThat(store.range(SPEED, span)).as("seed %d", seed).isEqualTo(twin.range(SPEED, span));
      assertThat(store.range(STATE, span)).as("seed %d", seed).isEqualTo(twin.range(STATE, span));
      assertThat(store.count(SPEED, span)).as("seed %d", seed).isEqualTo(twin.count(SPEED, span));
      assertThat(store.count(STATE, span)).as("seed %d", seed).isEqualTo(twin.count(STATE, span));
      assertThat(store.asOf(SPEED, start)).as("seed %d", seed).isEqualTo(twin.asOf(SPEED, start));
      assertThat(store.asOf(STATE, start)).as("seed %d", seed).isEqualTo(twin.asOf(STATE, start));
      Duration width = Duration.ofMillis(1 + random.nextInt(100_000_000));
      assertSame(store.windows(SPEED, span, width), twin.windows(SPEED, span, width), seed);
    }
  }

  @Test
  void asOfIsTheLastSampleNotAfter() throws IOException {
    write(batch().numbers(SPEED, number(0, 1), missing(10), number(20, 2)));
    for (int round = 0; round < 2; round++) {
      assertThat(store.asOf(SPEED, at(-0.001))).isEmpty();
      assertThat(store.asOf(SPEED, at(0))).contains(number(0, 1));
      assertThat(store.asOf(SPEED, at(9.999))).contains(number(0, 1));
      assertThat(store.asOf(SPEED, at(10))).contains(missing(10));
      assertThat(store.asOf(SPEED, at(1e8))).contains(number(20, 2));
      settle();
    }
  }

  @Test
  void aStateHoldsOverMonthsWithoutASample() throws IOException {
    write(batch().texts(STATE, text(0, "OFF")).numbers(SPEED, number(86_400 * 100, 1)));
    settle();
    write(batch().sequence(2).numbers(SPEED, number(86_400 * 200, 2)));

    assertThat(store.asOf(STATE, at(86_400 * 300))).contains(text(0, "OFF"));
    assertThat(store.asOf(SPEED, at(86_400 * 150))).contains(number(86_400 * 100, 1));
    assertThat(store.range(SPEED, ALWAYS)).hasSize(2);
  }

  @Test
  void droppingForgetsWhatIsOldAndKeepsTheRest() throws IOException {
    double day = 86_400;
    write(
        batch()
            .numbers(SPEED, number(0, 1), number(40 * day, 2), number(80 * day, 3))
            .texts(STATE, text(0, "OFF")));
    settle();
    write(batch().sequence(2).numbers(SPEED, number(1, 4), number(80 * day + 1, 5)));

    store.dropBefore(at(80 * day));

    assertThat(store.range(SPEED, ALWAYS))
        .endsWith(number(80 * day, 3), number(80 * day + 1, 5))
        .doesNotContain(number(0, 1), number(1, 4));
    assertThat(store.range(SPEED, new Span(at(80 * day), at(90 * day)))).hasSize(2);
    assertThat(store.series()).containsExactly(SPEED);
    assertThat(store.asOf(STATE, at(90 * day))).isEmpty();
    assertThat(write(batch().numbers(SPEED, number(0, 1)))).as("still a duplicate").isZero();
    write(batch().sequence(3).numbers(SPEED, number(90 * day, 6)));
    assertThat(store.asOf(SPEED, at(99 * day))).contains(number(90 * day, 6));
  }

  @Test
  void lossesAreKeptWithTheirSource() throws IOException {
    Source elsewhere = new Source("brest", "oven-board");
    Loss unknown = new Loss("*", new Span(at(100), at(200)), -1, Loss.Reason.UNCLEAN_STOP);
    write(batch().loss(loss(0, 10)).loss(unknown));
    write(Batches.of(elsewhere, 1).loss(loss(0, 10)));

    assertThat(store.losses("lyon", ALWAYS))
        .containsExactly(new DeclaredLoss(AGENT, loss(0, 10)), new DeclaredLoss(AGENT, unknown));
    assertThat(store.losses("brest", ALWAYS))
        .containsExactly(new DeclaredLoss(elsewhere, loss(0, 10)));
    assertThat(store.losses("lyon", new Span(at(10), at(100)))).isEmpty();
    assertThat(store.losses("lyon", new Span(at(9), at(101)))).hasSize(2);
    assertThat(store.losses("lyon", new Span(at(150), at(160)))).hasSize(1);
  }

  @Test
  void aLossWithoutLengthIsFoundAtItsTime() throws IOException {
    write(batch().loss(loss(5, 5)));

    assertThat(store.losses("lyon", new Span(at(5), at(6)))).hasSize(1);
    assertThat(store.losses("lyon", new Span(at(4), at(5)))).isEmpty();
    assertThat(store.losses("lyon", new Span(at(6), at(7)))).isEmpty();
  }

  @Test
  void veryOldAndVeryFarTimesAreKept() throws IOException {
    Sample boot = new Sample(Instant.ofEpochSecond(12, 345), Value.of(1), Quality.CLOCK_UNSYNCED);
    Sample old = Sample.good(Instant.parse("1969-12-31T23:59:59.999999999Z"), 2);
    Sample far = Sample.good(Instant.parse("2199-12-31T23:59:59Z"), 3);
    write(batch().numbers(SPEED, far, boot, old));
    settle();

    Span wide = new Span(Instant.MIN, Instant.MAX);
    assertThat(store.range(SPEED, wide)).containsExactly(old, boot, far);
    assertThat(store.count(SPEED, wide)).isEqualTo(3);
    assertThat(store.asOf(SPEED, Instant.MAX)).contains(far);
    assertThat(store.asOf(SPEED, Instant.MIN)).isEmpty();
  }

  /** Writes one batch and tells how many were new. */
  protected int write(Batches batch) throws IOException {
    return store.write(List.of(batch.build()));
  }

  private static Sample sample(Random random, double seconds, boolean text) {
    if (random.nextInt(10) == 0) {
      return missing(seconds);
    }
    return text
        ? text(seconds, "S" + random.nextInt(4))
        : number(seconds, Math.rint(random.nextGaussian() * 1000) / 10);
  }

  private static void assertSame(List<Window> found, List<Window> wanted, long seed) {
    assertThat(found).as("seed %d", seed).hasSameSizeAs(wanted);
    for (int i = 0; i < found.size(); i++) {
      Window is = found.get(i);
      Window should = wanted.get(i);
      assertThat(is.sum()).as("seed %d", seed).isCloseTo(should.sum(), within(1e-6));
      assertThat(new Window(is.span(), is.count(), 0, is.min(), is.max(), is.first(), is.last()))
          .as("seed %d", seed)
          .isEqualTo(
              new Window(
                  should.span(),
                  should.count(),
                  0,
                  should.min(),
                  should.max(),
                  should.first(),
                  should.last()));
    }
  }

  private static Loss loss(double from, double to) {
    return new Loss("plc", new Span(at(from), at(to)), 12, Loss.Reason.DEVICE_GAP);
  }

  /** A seed that a failure's message shows; set -Dseed to repeat a case. */
  protected static long seed() {
    long seed = Long.getLong("seed", Nanos.of(Instant.now()));
    System.out.println("seed " + seed);
    return seed;
  }
}
