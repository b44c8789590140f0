package fr.vigie.server.store.ledger;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.MONDAY;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between the ledger and a database that fails. */
class DeliveryTest {
  private static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);
  private static final Bounds ALL = new Bounds(Long.MIN_VALUE, Long.MAX_VALUE);

  @TempDir Path folder = Path.of("");
  private final AtomicLong time = new AtomicLong();
  private final MemoryEngine engine = new MemoryEngine(1_000_000, Duration.ofSeconds(15), ALL);
  private LedgerStore store;

  @BeforeEach
  void open() throws IOException {
    store = open(folder, engine, LedgerStore.Settings.DEFAULT);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsTakenAndTheMessageSaysSinceWhen() throws IOException {
    engine.away(true);
    IncomingBatch batch = batch().numbers(SPEED, number(0, 1)).build();

    for (int trial = 0; trial < 2; trial++) {
      assertThatThrownBy(() -> store.write(List.of(batch)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the database in memory does not answer: start it")
          .hasMessageContaining("since " + MONDAY);
    }
    assertThat(store.highWater(AGENT, 7)).isZero();
    assertThat(store.trouble()).map(LedgerStore.Trouble::since).contains(MONDAY);

    engine.away(false);
    assertThat(store.write(List.of(batch))).isOne();
    assertThat(store.trouble()).isEmpty();
    assertThat(store.range(SPEED, ALWAYS)).containsExactly(number(0, 1));
  }

  @Test
  void whatWasLoggedWhenTheConnectionBrokeIsStoredAndArrivesOnce() throws IOException {
    write(1, number(0, 1));
    engine.failAfter(1);
    assertThat(
            store.write(
                List.of(
                    batch()
                        .sequence(2)
                        .numbers(SPEED, number(1, 2))
                        .texts(STATE, text(1, "ON"))
                        .build())))
        .isOne();
    assertThat(store.trouble()).isPresent();
    assertThat(store.range(STATE, ALWAYS)).containsExactly(text(1, "ON"));

    write(3, number(2, 3));
    assertThat(store.trouble()).isEmpty();
    pass(20);
    assertThat(store.range(SPEED, ALWAYS))
        .containsExactly(number(0, 1), number(1, 2), number(2, 3));
    assertThat(store.range(STATE, ALWAYS)).containsExactly(text(1, "ON"));
    assertThat(engine.written()).isEqualTo(4);
  }

  @Test
  void whatTheDatabaseLostInACrashIsHandedToItAgain() throws IOException {
    write(1, number(0, 1));
    pass(20);
    Map<List<Object>, NavigableMap<Long, Sample>> disk = engine.disk();
    write(2, number(1, 2), number(1, 3), number(0.5, 4));
    engine.crash(disk);
    Sample[] all = {number(0, 1), number(0.5, 4), number(1, 2), number(1, 3)};
    assertThat(store.range(SPEED, ALWAYS)).as("before anyone noticed").containsExactly(all);

    pass(20);
    assertThat(store.range(SPEED, ALWAYS)).containsExactly(all);
    pass(20);
    store.close();
    open();
    assertThat(store.range(SPEED, ALWAYS)).as("from the database alone").containsExactly(all);
    assertThat(store.count(SPEED, ALWAYS)).isEqualTo(4);
  }

  @Test
  void aLedgerThatEndsAtAnyMomentGoesOnWithTheSameLanes() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Sample> wanted = new ArrayList<>();
    for (int sequence = 1; sequence <= 120; sequence++) {
      Sample sample = number(random.nextInt(30), sequence);
      wanted.add(sample);
      if (random.nextInt(4) == 0) {
        engine.failAfter(1 + random.nextInt(2));
      }
      writeUntilTaken(sequence, sample);
      if (random.nextInt(3) == 0) {
        store.close();
        open();
      }
      if (random.nextInt(4) == 0) {
        pass(random.nextInt(20));
      }
    }
    pass(20);
    pass(20);

    wanted.sort(Comparator.comparing(Sample::time));
    assertThat(store.range(SPEED, ALWAYS)).as("seed %d", seed).containsExactlyElementsOf(wanted);
    assertThat(engine.written()).as("seed %d: no lane was given twice", seed).isEqualTo(120);
  }

  @Test
  void aDatabaseThatGoesWithAnotherLedgerIsRefused() throws IOException {
    write(1, number(0, 1));
    store.close();
    try (LedgerStore other = open(folder.resolve("other"), engine, LedgerStore.Settings.DEFAULT)) {
      assertThatThrownBy(other::reach).hasMessageContaining("of another ledger");
    }
  }

  @Test
  void aDatabaseThatWasEmptiedIsRefused() throws IOException {
    write(1, number(0, 1));
    pass(20);
    store.close();
    MemoryEngine empty = new MemoryEngine(1_000_000, Duration.ofSeconds(15), ALL);
    store = open(folder, empty, LedgerStore.Settings.DEFAULT);
    assertThatThrownBy(store::reach).hasMessageContaining("was it emptied");
  }

  @Test
  void moreThanCanBeHeldIsRefusedUntilTheDatabaseHasItForSure() throws IOException {
    store.close();
    store = open(folder, engine, new LedgerStore.Settings(64, 100));
    write(1, number(0, 1), number(1, 2), number(2, 3), number(3, 4), number(4, 5), number(5, 6));
    IncomingBatch next = batch().sequence(2).numbers(SPEED, number(6, 7)).build();

    assertThatThrownBy(() -> store.write(List.of(next))).hasMessageContaining("15 s");
    time.addAndGet(Duration.ofSeconds(16).toNanos());
    assertThat(store.write(List.of(next))).isOne();
  }

  private void write(long sequence, Sample... samples) throws IOException {
    assertThat(store.write(List.of(batch().sequence(sequence).numbers(SPEED, samples).build())))
        .isOne();
  }

  private void writeUntilTaken(long sequence, Sample sample) throws IOException {
    try {
      write(sequence, sample);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("the connection was cut");
      write(sequence, sample);
    }
  }

  private void pass(int seconds) throws IOException {
    time.addAndGet(Duration.ofSeconds(seconds).toNanos());
    try {
      store.reach();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("the connection was cut");
      store.reach();
    }
  }

  private LedgerStore open(Path path, Engine database, LedgerStore.Settings settings)
      throws IOException {
    return LedgerStore.open(
        path, texts -> database, settings, InstantSource.fixed(MONDAY), time::get);
  }
}
