package fr.vigie.server.ingest;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A store in memory that can be told to fail, and counts what it was given. */
final class TinyStore implements Store {
  private final Map<Series, List<Sample>> samples = new HashMap<>();
  private final Map<Progress.Epoch, TreeSet<Long>> sequences = new HashMap<>();
  private final Map<Progress.Epoch, Long> floors = new HashMap<>();
  private final List<DeclaredLoss> losses = new ArrayList<>();
  private Consumer<List<IncomingBatch>> beforeWrite = batches -> {};
  private boolean full;
  private int writes;

  synchronized void full(boolean now) {
    full = now;
  }

  /** Lets a test look at, hold up or refuse every write. */
  synchronized void beforeWrite(Consumer<List<IncomingBatch>> look) {
    beforeWrite = look;
  }

  synchronized int writes() {
    return writes;
  }

  synchronized long total() {
    return samples.values().stream().mapToLong(List::size).sum();
  }

  synchronized List<DeclaredLoss> allLosses() {
    return List.copyOf(losses);
  }

  @Override
  public synchronized int write(List<IncomingBatch> batches) throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
    beforeWrite.accept(batches);
    writes++;
    int fresh = 0;
    for (IncomingBatch batch : batches) {
      Progress.Epoch epoch = new Progress.Epoch(batch.source(), batch.epoch());
      boolean news =
          batch.parts().isEmpty() && batch.floor() > highWater(batch.source(), batch.epoch());
      floors.merge(epoch, batch.floor(), Math::max);
      if (sequences.computeIfAbsent(epoch, key -> new TreeSet<>()).add(batch.sequence())) {
        news = true;
        for (IncomingBatch.Part part : batch.parts()) {
          samples.computeIfAbsent(part.series(), key -> new ArrayList<>()).addAll(part.samples());
        }
      }
      if (news) {
        fresh++;
        batch.losses().forEach(loss -> losses.add(new DeclaredLoss(batch.source(), loss)));
      }
    }
    return fresh;
  }

  @Override
  public synchronized long highWater(IncomingBatch.Source source, long epoch) {
    Progress.Epoch key = new Progress.Epoch(source, epoch);
    long mark = floors.getOrDefault(key, 0L);
    Set<Long> stored = sequences.getOrDefault(key, new TreeSet<>());
    while (stored.contains(mark + 1)) {
      mark++;
    }
    return mark;
  }

  @Override
  public synchronized Set<Series> series() {
    return new HashSet<>(samples.keySet());
  }

  @Override
  public synchronized Column range(Series series, Span span) {
    List<Sample> all = samples.getOrDefault(series, List.of());
    return Column.of(false, all.stream().filter(s -> span.contains(s.time())).toList());
  }

  @Override
  public long count(Series series, Span span) {
    return range(series, span).size();
  }

  @Override
  public List<Window> windows(Series series, Span span, Duration width) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Sample> asOf(Series series, Instant instant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized List<DeclaredLoss> losses(String site, Span span) {
    return List.copyOf(losses);
  }

  @Override
  public void dropBefore(Instant instant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
