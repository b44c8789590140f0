package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Samples that are in the batch log and in no chunk yet. One thread appends, any may read. */
final class Head {
  private final Instant since;
  private final Map<Long, Run> runs = new ConcurrentSkipListMap<>();
  private volatile long bytes;

  /**
   * @param since when its first sample comes, or may come
   */
  Head(Instant since) {
    this.since = since;
  }

  Instant since() {
    return since;
  }

  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  void add(int series, Column column) {
    if (!column.isEmpty()) {
      runs.computeIfAbsent(key(series, column.isText()), key -> new Run(column.isText()))
          .add(column);
      bytes += Run.weight(column);
    }
  }

  /** The runs of a series: one of numbers, one of texts, or none. */
  List<Run> runs(int series) {
    List<Run> found = new ArrayList<>(2);
    for (boolean text : new boolean[] {false, true}) {
      Run run = runs.get(key(series, text));
      if (run != null) {
        found.add(run);
      }
    }
    return found;
  }

  Set<Integer> series() {
    return runs.keySet().stream().map(key -> (int) (key >> 1)).collect(Collectors.toSet());
  }

  /** Puts every run in order of time and tells which months they touch. */
  Set<Month> sort() {
    Set<Month> months = new TreeSet<>();
    for (Run run : runs.values()) {
      run.sort();
      for (int at = 0; at < run.size(); ) {
        Month month = Month.of(run.nanos(at));
        months.add(month);
        at = end(run, month);
      }
    }
    return months;
  }

  /** Takes a piece of one series that becomes a chunk. */
  interface PieceSink {
    void take(int series, Column piece) throws java.io.IOException;
  }

  /** Hands out, series by series, what a sorted head holds of a month, in pieces. */
  void pieces(Month month, int mostSamples, PieceSink sink) throws java.io.IOException {
    for (Map.Entry<Long, Run> entry : runs.entrySet()) {
      Run run = entry.getValue();
      int series = (int) (entry.getKey() >> 1);
      int at = run.lowest(month.bounds().from());
      int end = end(run, month);
      while (at < end) {
        int next = Pieces.end(run, at, end, mostSamples);
        sink.take(series, run.column(at, next));
        at = next;
      }
    }
  }

  private static int end(Run run, Month month) {
    long to = month.bounds().to();
    return to == Long.MAX_VALUE ? run.size() : run.lowest(to);
  }

  private static long key(int series, boolean text) {
    return ((long) series << 1) | (text ? 1 : 0);
  }
}
