package fr.vigie.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.condition.Judgement;
import fr.vigie.condition.Limit;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CrossingsTest {
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final Series TEMP = new Series("site", "press", "temp");
  private static final Condition HOT = new Condition.Beyond("temp", Limit.above(80, 75));

  private final MemoryStore store = new MemoryStore();
  private long sequence;

  @Test
  void inWhateverOrderSamplesComeTheTurnsAreThoseOfAllOfThem() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      for (Condition condition : List.of(HOT, new Condition.Missing("temp"))) {
        anyOrder(condition, random, "seed " + seed + ", round " + round);
      }
    }
  }

  private void anyOrder(Condition condition, Random random, String which) throws IOException {
    MemoryStore mixed = new MemoryStore();
    Crossings followed = new Crossings(TEMP, condition, Duration.ofMinutes(5));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Instant time = at(i * 60 + random.nextInt(50));
      samples.add(
          random.nextInt(10) == 0 ? Sample.missing(time) : Sample.good(time, random.nextInt(100)));
    }
    samples.removeIf(it -> random.nextInt(4) == 0);
    Collections.shuffle(samples, random);
    Instant now = at(12_000);
    for (int i = 0; i < samples.size(); ) {
      int end = Math.min(samples.size(), i + 1 + random.nextInt(30));
      List<Sample> batch = new ArrayList<>(samples.subList(i, end));
      batch.sort(java.util.Comparator.comparing(Sample::time));
      write(mixed, batch);
      now = now.plusSeconds(random.nextInt(60));
      followed.since(START, now, mixed);
      i = end;
    }
    now = now.plusSeconds(31);

    List<Turn> fresh =
        new Crossings(TEMP, condition, Duration.ofMinutes(5)).since(START, now, mixed);

    assertThat(followed.since(START, now, mixed)).as(which).isEqualTo(fresh);
  }

  @Test
  void whatWasInForceBeforeTheStretchStandsAtItsBeginning() throws IOException {
    write(store, List.of(Sample.good(at(-500), 90)));
    Crossings crossings = new Crossings(TEMP, HOT, Duration.ZERO);

    assertThat(crossings.since(START, at(100), store))
        .containsExactly(new Turn(START, Judgement.BAD));
    Instant later = START.plus(Duration.ofHours(5));
    assertThat(crossings.since(later, later.plusSeconds(10), store))
        .containsExactly(new Turn(later, Judgement.BAD));
  }

  @Test
  void aSignalThatNeverCameIsMissingFromTheBeginning() throws IOException {
    Crossings crossings = new Crossings(TEMP, new Condition.Missing("temp"), Duration.ofMinutes(5));

    assertThat(crossings.since(START, at(900), store))
        .containsExactly(new Turn(START, Judgement.BAD));
  }

  @Test
  void samplesOfTheFutureCountWhenTheirTimeHasCome() throws IOException {
    write(store, List.of(Sample.good(at(0), 60), Sample.good(at(500), 90)));
    Crossings crossings = new Crossings(TEMP, HOT, Duration.ZERO);

    assertThat(crossings.since(START, at(100), store)).hasSize(1);
    assertThat(crossings.since(START, at(600), store))
        .contains(new Turn(at(500), Judgement.BAD), new Turn(at(0), Judgement.FINE));
  }

  private void write(MemoryStore to, List<Sample> samples) throws IOException {
    to.write(
        List.of(
            new IncomingBatch(
                new IncomingBatch.Source("site", "banc"),
                1,
                ++sequence,
                0,
                List.of(new IncomingBatch.Part(TEMP, Column.of(false, samples))),
                List.of())));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
