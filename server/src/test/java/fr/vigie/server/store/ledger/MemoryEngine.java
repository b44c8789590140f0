package fr.vigie.server.store.ledger;

import fr.vigie.column.Column;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Nanos;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A database in memory, as forgetful and as narrow as a test wants it; it outlives the ledger. */
final class MemoryEngine implements Engine {
  private final long tick;
  private final Duration hold;
  private final Bounds keeps;
  private final Map<List<Object>, NavigableMap<Long, Sample>> points = new HashMap<>();
  private Optional<String> owner = Optional.empty();
  private int lives = 1;
  private int fresh;
  private boolean away;
  private int most;

  MemoryEngine(long tick, Duration hold, Bounds keeps) {
    this.tick = tick;
    this.hold = hold;
    this.keeps = keeps;
  }

  /** Ends with everything that was pushed since it was last told that all is on its disk. */
  synchronized void crash(Map<List<Object>, NavigableMap<Long, Sample>> disk) {
    points.clear();
    disk.forEach((key, samples) -> points.put(key, new TreeMap<>(samples)));
    lives++;
  }

  synchronized Map<List<Object>, NavigableMap<Long, Sample>> disk() {
    Map<List<Object>, NavigableMap<Long, Sample>> copy = new HashMap<>();
    points.forEach((key, samples) -> copy.put(key, new TreeMap<>(samples)));
    return copy;
  }

  synchronized void away(boolean isAway) {
    away = isAway;
  }

  /** Fails in the midst of the next push, after so many pieces. */
  synchronized void failAfter(int pieces) {
    most = pieces;
  }

  synchronized int written() {
    return fresh;
  }

  synchronized long lanes() {
    return points.keySet().stream().map(key -> key.get(1)).distinct().count();
  }

  @Override
  public String name() {
    return "the database in memory";
  }

  @Override
  public long tick() {
    return tick;
  }

  @Override
  public Duration hold() {
    return hold;
  }

  @Override
  public synchronized Bounds prepare() throws IOException {
    reach();
    return keeps;
  }

  @Override
  public synchronized Optional<String> owner() throws IOException {
    reach();
    return owner;
  }

  @Override
  public synchronized void claim(String ledger) throws IOException {
    reach();
    owner = Optional.of(ledger);
  }

  @Override
  public synchronized String life() throws IOException {
    reach();
    return hold.isZero() ? "" : "life " + lives;
  }

  @Override
  public synchronized void push(List<Points> batch) throws IOException {
    int pieces = 0;
    for (Points piece : batch) {
      reach();
      if (most > 0 && pieces == most) {
        most = 0;
        throw new IOException("the connection was cut");
      }
      pieces++;
      NavigableMap<Long, Sample> lane =
          points.computeIfAbsent(key(piece.series(), piece.lane()), key -> new TreeMap<>());
      for (int i = 0; i < piece.samples().size(); i++) {
        Sample sample = piece.samples().get(i);
        if (!keeps.contains(piece.samples().nanos(i))) {
          throw new IOException("does not keep " + sample);
        }
        Sample old = lane.put(Math.floorDiv(piece.samples().nanos(i), tick), sample);
        if (old == null) {
          fresh++;
        } else if (!old.equals(sample)) {
          throw new IOException(old + " was overwritten by " + sample);
        }
      }
    }
  }

  @Override
  public synchronized void read(Series series, int lane, Bounds bounds, Sink sink)
      throws IOException {
    reach();
    for (Sample sample : points.getOrDefault(key(series, lane), new TreeMap<>()).values()) {
      if (bounds.contains(Nanos.of(sample.time()))) {
        sink.take(Column.of(sample.value() instanceof Value.Text, List.of(sample)));
      }
    }
  }

  @Override
  public synchronized long count(Series series, int lane, Bounds bounds) throws IOException {
    long[] count = new long[1];
    read(series, lane, bounds, piece -> count[0] += piece.size());
    return count[0];
  }

  @Override
  public synchronized OptionalLong last(Series series, int lane, Bounds bounds) throws IOException {
    long[] last = {Long.MIN_VALUE};
    read(series, lane, bounds, piece -> last[0] = piece.nanos(0));
    return last[0] == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(last[0]);
  }

  @Override
  public synchronized void dropBefore(long nanos) throws IOException {
    reach();
    points.values().forEach(lane -> lane.values().removeIf(it -> Nanos.of(it.time()) < nanos));
  }

  @Override
  public void close() {}

  private void reach() throws IOException {
    if (away) {
      throw new IOException("the database in memory does not answer: start it");
    }
  }

  private static List<Object> key(Series series, int lane) {
    return List.of(series, lane);
  }
}
