package fr.vigie.server.store.sqlite;

import java.util.Optional;

/** Figures over numbers as they come in order of arrival; times may come in any order. */
final class Stretch {
  private int count;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long firstTime;
  private double first;
  private long lastTime;
  private double last;

  void add(long nanos, double number) {
    add(new Chunk.Summary(1, number, number, number, nanos, number, nanos, number));
  }

  /** Adds figures of numbers that all came after those added before. */
  void add(Chunk.Summary next) {
    if (count == 0 || next.firstTime() < firstTime) {
      firstTime = next.firstTime();
      first = next.first();
    }
    if (count == 0 || next.lastTime() >= lastTime) {
      lastTime = next.lastTime();
      last = next.last();
    }
    count += next.count();
    sum += next.sum();
    min = Math.min(min, next.min());
    max = Math.max(max, next.max());
  }

  Optional<Chunk.Summary> summary() {
    return count == 0
        ? Optional.empty()
        : Optional.of(new Chunk.Summary(count, sum, min, max, firstTime, first, lastTime, last));
  }
}
