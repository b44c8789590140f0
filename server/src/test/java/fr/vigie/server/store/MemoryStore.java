package fr.vigie.server.store;

import fr.vigie.column.Column;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The store's plain twin: lists in memory, and every answer computed the long way. */
public final class MemoryStore implements Store {
  private final Map<Series, List<Sample>> samples = new HashMap<>();
  private final Map<Epoch, TreeSet<Long>> stored = new HashMap<>();
  private final Map<Epoch, Long> floors = new HashMap<>();
  private final List<DeclaredLoss> losses = new ArrayList<>();

  private record Epoch(IncomingBatch.Source source, long epoch) {}

  @Override
  public synchronized int write(List<IncomingBatch> batches) {
    int fresh = 0;
    for (IncomingBatch batch : batches) {
      Epoch epoch = new Epoch(batch.source(), batch.epoch());
      long floor = floors.getOrDefault(epoch, 0L);
      boolean news =
          batch.parts().isEmpty() && batch.floor() > highWater(batch.source(), batch.epoch());
      if (batch.sequence() > floor
          && stored.computeIfAbsent(epoch, key -> new TreeSet<>()).add(batch.sequence())) {
        news = true;
        batch
            .parts()
            .forEach(
                part ->
                    samples
                        .computeIfAbsent(part.series(), key -> new ArrayList<>())
                        .addAll(part.samples()));
      }
      if (news) {
        fresh++;
        for (Loss loss : batch.losses()) {
          losses.add(new DeclaredLoss(batch.source(), loss));
        }
      }
      floors.put(epoch, Math.max(floor, batch.floor()));
    }
    return fresh;
  }

  @Override
  public synchronized long highWater(IncomingBatch.Source source, long epoch) {
    Epoch key = new Epoch(source, epoch);
    long high = floors.getOrDefault(key, 0L);
    while (stored.getOrDefault(key, new TreeSet<>()).contains(high + 1)) {
      high++;
    }
    return high;
  }

  @Override
  public synchronized Set<Series> series() {
    Set<Series> all = new HashSet<>(samples.keySet());
    all.removeIf(series -> samples.get(series).isEmpty());
    return all;
  }

  @Override
  public synchronized Column range(Series series, Span span) {
    List<Sample> found = within(series, span);
    boolean text = found.stream().anyMatch(sample -> sample.value() instanceof Value.Text);
    return Column.of(text, text ? found.stream().map(MemoryStore::spelled).toList() : found);
  }

  @Override
  public synchronized List<Window> windows(Series series, Span span, Duration width) {
    if (width.isNegative() || width.isZero()) {
      throw new IllegalArgumentException("a window cannot be " + width + " wide");
    }
    List<Window> windows = new ArrayList<>();
    List<Sample> found = within(series, span);
    int at = 0;
    for (Instant start = span.start(); at < found.size(); start = start.plus(width)) {
      Instant end = start.plus(width).isBefore(span.end()) ? start.plus(width) : span.end();
      List<Double> numbers = new ArrayList<>();
      for (; at < found.size() && found.get(at).time().isBefore(end); at++) {
        if (found.get(at).value() instanceof Value.Number number) {
          numbers.add(number.number());
        }
      }
      if (!numbers.isEmpty()) {
        windows.add(
            new Window(
                new Span(start, end),
                numbers.size(),
                numbers.stream().mapToDouble(it -> it).sum(),
                numbers.stream().mapToDouble(it -> it).min().orElseThrow(),
                numbers.stream().mapToDouble(it -> it).max().orElseThrow(),
                numbers.get(0),
                numbers.get(numbers.size() - 1)));
      }
    }
    return windows;
  }

  @Override
  public synchronized Optional<Sample> asOf(Series series, Instant instant) {
    return samples.getOrDefault(series, List.of()).stream()
        .filter(sample -> !sample.time().isAfter(instant))
        .reduce((best, next) -> next.time().isBefore(best.time()) ? best : next);
  }

  @Override
  public synchronized long count(Series series, Span span) {
    return within(series, span).size();
  }

  @Override
  public synchronized List<DeclaredLoss> losses(String site, Span span) {
    return losses.stream()
        .filter(it -> it.source().site().equals(site) && touches(it.loss().when(), span))
        .sorted(Comparator.comparing(it -> it.loss().when().start()))
        .toList();
  }

  @Override
  public synchronized void dropBefore(Instant instant) {
    samples.values().forEach(list -> list.removeIf(it -> it.time().isBefore(instant)));
  }

  @Override
  public void close() {}

  private List<Sample> within(Series series, Span span) {
    return samples.getOrDefault(series, List.of()).stream()
        .filter(sample -> span.contains(sample.time()))
        .sorted(Comparator.comparing(Sample::time))
        .toList();
  }

  private static boolean touches(Span loss, Span span) {
    return loss.start().isBefore(span.end())
        && (loss.end().isAfter(span.start()) || !loss.start().isBefore(span.start()));
  }

  private static Sample spelled(Sample sample) {
    return sample.value() instanceof Value.Number number
        ? new Sample(sample.time(), Value.of(number.toString()), sample.quality())
        : sample;
  }
}
