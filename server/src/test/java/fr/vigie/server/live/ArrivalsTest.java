package fr.vigie.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final IncomingBatch.Source AGENT = new IncomingBatch.Source("site", "banc");

  private final Arrivals arrivals = new Arrivals(() -> START);

  @Test
  void anAgentThatSendsInOrderIsNotBehind() {
    arrives(1, 0, 10);
    arrives(1, 10, 20);

    assertThat(behind()).isEmpty();
    assertThat(arrivals.newest(AGENT)).contains(START.plusSeconds(20));
  }

  @Test
  void anAgentIsBehindUntilItsBacklogReachesItsLiveBatches() {
    arrives(1, 0, 10);
    arrives(2, 600, 601);
    arrives(1, 10, 60);
    arrives(2, 601, 602);
    assertThat(behind()).contains(seconds(60, 600));

    arrives(1, 60, 400);
    assertThat(behind()).contains(seconds(400, 600));

    arrives(1, 400, 600);
    arrives(2, 602, 603);
    assertThat(behind()).isEmpty();
  }

  private Optional<Span> behind() {
    return arrivals.lanes(AGENT).flatMap(Arrivals.Lanes::behind);
  }

  private static Span seconds(int from, int to) {
    return new Span(START.plusSeconds(from), START.plusSeconds(to));
  }

  private void arrives(long epoch, int from, int to) {
    Column column =
        Column.of(
            false,
            List.of(
                Sample.good(START.plusSeconds(to), 1), Sample.good(START.plusSeconds(from), 2)));
    Series series = new Series("site", "press", "heat");
    arrivals.committed(
        List.of(
            new IncomingBatch(
                AGENT, epoch, 1, 0, List.of(new IncomingBatch.Part(series, column)), List.of())));
  }
}
