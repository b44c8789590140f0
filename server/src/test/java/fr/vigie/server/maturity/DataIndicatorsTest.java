package fr.vigie.server.maturity;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.maturity.Outages;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.server.plant.PlantTest;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataIndicatorsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:42:00Z");
  private static final IncomingBatch.Source AGENT = new IncomingBatch.Source("site", "banc-1");

  private static final Span DAY =
      new Span(Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2026-11-25T00:00:00Z"));
  private static final Span NEXT_DAY =
      new Span(Instant.parse("2026-11-25T00:00:00Z"), Instant.parse("2026-11-26T00:00:00Z"));

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private PlantDatabase database;

  @BeforeEach
  void open() {
    database = new PlantDatabase(PlantTest.settings(data));
  }

  @Test
  void readingsThatComeWithinTenSecondsArePrompt() {
    Reception reception = received();

    assertThat(reception.promptness(DAY).prompt()).isEqualTo(3);
    assertThat(reception.promptness(DAY).all()).isEqualTo(4);
    assertThat(reception.promptness(NEXT_DAY).all()).isZero();
    assertThat(reception.counted(DAY)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void whatWasCountedOutlivesTheServer() {
    Reception before = received();
    before.run();
    before.run();
    now.set(NOW.plusSeconds(86_400));

    Reception after = new Reception(database, now::get);
    assertThat(after.promptness(DAY).counts()).isEqualTo(before.promptness(DAY).counts());
    assertThat(after.silences(DAY)).isEqualTo(before.silences(DAY));
    assertThat(after.silences(NEXT_DAY).get(AGENT)).isEmpty();

    after.committed(List.of(batch(5, NOW.plusSeconds(900))));
    after.run();
    Reception later = new Reception(database, now::get);
    assertThat(later.silences(DAY).get(AGENT))
        .extracting(Outages.Outage::made)
        .containsExactly(true, true);
    assertThat(later.promptness(NEXT_DAY).all()).isEqualTo(1);
  }

  @Test
  void countsOfDaysThatNobodyAsksForAnyMoreAreForgotten() {
    received().run();
    now.set(NOW.plus(Duration.ofDays(900)));

    new Reception(database, now::get).run();

    assertThat(new Reception(database, now::get).counted(DAY)).isZero();
    assertThat(new Reception(database, now::get).silences(DAY)).isEmpty();
  }

  @Test
  void aSilenceIsAnOutageWhenItsReadingsComeLaterOrAreLostToIt() throws IOException {
    Reception reception = received();
    List<Outages.Outage> silences = reception.silences(DAY).getOrDefault(AGENT, List.of());
    assertThat(silences).extracting(Outages.Outage::made).containsExactly(true, false);

    MemoryStore store = new MemoryStore();
    assertThat(DataIndicators.outages(store, reception, DAY))
        .isEqualTo(new DataIndicators.Made(1, 1));
    lose(store, 2, Loss.Reason.AGENT_STOPPED, silences.get(1).span());
    assertThat(DataIndicators.outages(store, reception, DAY))
        .isEqualTo(new DataIndicators.Made(1, 1));
    lose(store, 3, Loss.Reason.OUTBOX_FULL, silences.get(1).span());
    assertThat(DataIndicators.outages(store, reception, DAY))
        .isEqualTo(new DataIndicators.Made(1, 2));
    lose(store, 4, Loss.Reason.HEAD_FULL, silences.get(0).span());
    assertThat(DataIndicators.outages(store, reception, DAY))
        .isEqualTo(new DataIndicators.Made(0, 2));
  }

  /** Two silences of ten minutes; of the first something comes later, of the second nothing. */
  private Reception received() {
    Reception reception = new Reception(database, now::get);
    reception.committed(List.of(batch(1, NOW.minusSeconds(1))));
    now.set(NOW.plusSeconds(600));
    reception.committed(List.of(batch(2, NOW.plusSeconds(599)), batch(3, NOW.plusSeconds(300))));
    now.set(NOW.plusSeconds(1_200));
    reception.committed(List.of(batch(4, NOW.plusSeconds(1_199))));
    return reception;
  }

  private static void lose(MemoryStore store, long sequence, Loss.Reason reason, Span span)
      throws IOException {
    Loss loss = new Loss("*", span, 12, reason);
    store.write(List.of(new IncomingBatch(AGENT, 1, sequence, 0, List.of(), List.of(loss))));
  }

  private static IncomingBatch batch(long sequence, Instant time) {
    Column column = Column.of(false, List.of(Sample.good(time, 1)));
    return new IncomingBatch(
        AGENT,
        1,
        sequence,
        0,
        List.of(new IncomingBatch.Part(new Series("site", "press", "speed"), column)),
        List.of());
  }
}
