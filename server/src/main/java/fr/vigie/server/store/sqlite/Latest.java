package fr.vigie.server.store.sqlite;

import fr.vigie.signal.Sample;
import java.util.Optional;

/** Keeps the last sample at or before a time among those offered; equal times by arrival. */
final class Latest {
  private final long limit;
  private Optional<Sample> sample = Optional.empty();
  private long time;
  private long order;

  Latest(long limit) {
    this.limit = limit;
  }

  long limit() {
    return limit;
  }

  Optional<Sample> sample() {
    return sample;
  }

  /** Offers a run of a head; the newest run is to be offered first, and all before any chunk. */
  void offer(Run run) {
    offer(run, Long.MAX_VALUE);
  }

  void offer(Chunk chunk, Run samples) {
    offer(samples, chunk.id());
  }

  /** Whether a chunk may hold a later sample than the one found. */
  boolean mayYieldTo(Chunk chunk) {
    return sample.isEmpty() || Math.min(chunk.last(), limit) >= time;
  }

  boolean isAfter(Month month) {
    return sample.isPresent() && time >= month.bounds().to();
  }

  private void offer(Run run, long arrival) {
    int index = run.asOf(limit);
    if (index < 0) {
      return;
    }
    long nanos = run.nanos(index);
    if (sample.isEmpty() || nanos > time || (nanos == time && arrival > order)) {
      sample = Optional.of(run.column(index, index + 1).get(0));
      time = nanos;
      order = arrival;
    }
  }
}
