package fr.vigie.server.diagnosis;

import fr.vigie.column.Column;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest samples of one series, read once and then topped up by what came since. When late
 * samples came, all is read again. For one thread at a time.
 */
final class Tail {
  /** Agents whose clocks are ahead send samples of the future; they wait here until it is here. */
  private static final Duration AHEAD = Duration.ofDays(2);

  private final Series series;
  private Instant from = Instant.MIN;
  private Instant lead = Instant.EPOCH;
  private long count = -1;
  private Column.Builder samples = Column.numbers();
  private Column column = samples.build();

  Tail(Series series) {
    this.series = series;
  }

  /**
   * The samples from an instant on, and the last one before it.
   *
   * @throws IOException when the store cannot be read; the next call tries again
   */
  Column since(Instant start, Instant now, Store store) throws IOException {
    Span span = new Span(start, now.plus(AHEAD));
    boolean readAll = !start.equals(from) || count < 0;
    long stored = readAll ? 0 : store.count(series, new Span(lead, span.end()));
    if (!readAll && stored != count) {
      Column fresh = store.range(series, new Span(after(start), span.end()));
      readAll = count + fresh.size() < stored;
      if (!readAll) {
        count += fresh.size();
        append(fresh);
      }
    }
    if (readAll) {
      readAll(span, store);
    }
    return column;
  }

  private void readAll(Span span, Store store) throws IOException {
    count = -1;
    Optional<Sample> before = store.asOf(series, span.start().minusNanos(1));
    Column read = store.range(series, span);
    column = before.map(read::ledBy).orElse(read);
    samples = Column.sized(column.isText(), column.size()).add(column);
    from = span.start();
    lead = before.map(Sample::time).orElse(Instant.EPOCH);
    count = before.isPresent() ? store.count(series, new Span(lead, from)) : 0;
    count += read.size();
  }

  private void append(Column read) {
    if (!read.readsAs(column.isText())) {
      samples = Column.sized(read.isText(), column.size() + read.size()).add(column);
    }
    column = samples.add(read).build();
  }

  private Instant after(Instant start) {
    Instant last = column.isEmpty() ? start : Nanos.instant(column.nanos(column.size() - 1) + 1);
    return last.isAfter(start) ? last : start;
  }
}
