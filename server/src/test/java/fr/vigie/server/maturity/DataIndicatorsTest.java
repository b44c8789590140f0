package fr.vigie.server.maturity;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.maturity.Outages;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DataIndicatorsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:42:00Z");
  private static final IncomingBatch.Source AGENT = new IncomingBatch.Source("site", "banc-1");

  @Test
  void readingsThatComeWithinTenSecondsArePrompt() {
    Reception reception = received();

    assertThat(reception.promptness().prompt()).isEqualTo(3);
    assertThat(reception.promptness().all()).isEqualTo(4);
  }

  @Test
  void aSilenceIsAnOutageWhenItsReadingsComeLaterOrAreLostToIt() throws IOException {
    Reception reception = received();
    List<Outages.Outage> silences = reception.silences().getOrDefault(AGENT, List.of());
    assertThat(silences).extracting(Outages.Outage::made).containsExactly(true, false);

    MemoryStore store = new MemoryStore();
    assertThat(DataIndicators.outages(store, reception)).isEqualTo(new DataIndicators.Made(1, 1));
    lose(store, 2, Loss.Reason.AGENT_STOPPED, silences.get(1).span());
    assertThat(DataIndicators.outages(store, reception)).isEqualTo(new DataIndicators.Made(1, 1));
    lose(store, 3, Loss.Reason.OUTBOX_FULL, silences.get(1).span());
    assertThat(DataIndicators.outages(store, reception)).isEqualTo(new DataIndicators.Made(1, 2));
    lose(store, 4, Loss.Reason.HEAD_FULL, silences.get(0).span());
    assertThat(DataIndicators.outages(store, reception)).isEqualTo(new DataIndicators.Made(0, 2));
  }

  /** Two silences of ten minutes; of the first something comes later, of the second nothing. */
  private static Reception received() {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    Reception reception = new Reception(now::get);
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
