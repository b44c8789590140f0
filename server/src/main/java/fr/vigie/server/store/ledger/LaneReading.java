package fr.vigie.server.store.ledger;

import fr.vigie.column.Column;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store.Window;
import fr.vigie.server.store.ledger.Lanes.Placed;
import fr.vigie.server.store.ledger.Lanes.Track;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.server.store.sqlite.Joined;
import fr.vigie.server.store.sqlite.Run;
import fr.vigie.server.store.sqlite.WindowFold;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Answers about one series as it stood at one moment. Of each lane the database is asked only up to
 * where the held samples begin, or up to where the lane ended then; so nothing is counted twice,
 * and what the database lost in a crash is not missed.
 */
final class LaneReading {
  private final Engine engine;
  private final Series series;
  private final Track track;
  private final Beside beside;
  private final long floor;

  /**
   * @param floor what is older is forgotten
   */
  LaneReading(Engine engine, Series series, Track track, Beside beside, long floor) {
    this.engine = engine;
    this.series = series;
    this.track = track;
    this.beside = beside;
    this.floor = floor;
  }

  /**
   * What the database does not have, or may still lose.
   *
   * @param early what lies aside and comes before all lanes
   * @param late what lies aside and comes after all lanes
   */
  record Beside(List<Placed> held, List<Column> early, List<Column> late) {
    List<Column> held(int lane) {
      return held.stream().filter(piece -> piece.lane() == lane).map(Placed::samples).toList();
    }

    List<Column> first() {
      return Stream.concat(early.stream(), held(Lanes.EARLY).stream()).toList();
    }

    List<Column> last() {
      return Stream.concat(late.stream(), held(Lanes.LATE).stream()).toList();
    }
  }

  /** Numbers, or texts when the bounds hold a text; then numbers are spelled out. */
  Column range(Bounds asked) throws IOException {
    Joined joined = new Joined(kept(asked));
    each(kept(asked), joined::add);
    return joined.column();
  }

  List<Window> windows(WindowFold fold) throws IOException {
    Bounds bounds = kept(fold.bounds());
    each(
        bounds,
        piece -> {
          if (!piece.isText()) {
            Run.of(piece).numbers(bounds, fold::add);
          }
        });
    return fold.windows();
  }

  long count(Bounds asked) throws IOException {
    Bounds bounds = kept(asked);
    long count = 0;
    for (int lane = 0; lane < track.lanes(); lane++) {
      Bounds part = inEngine(lane, bounds);
      if (part.from() < part.to()) {
        count += engine.count(series, lane, part);
      }
    }
    for (List<Column> columns : List.of(beside.early(), heldSamples(), beside.late())) {
      for (Column column : columns) {
        count += Run.of(column).count(bounds);
      }
    }
    return count;
  }

  /** The last sample within bounds; of those of one time, the one that came last. */
  Optional<Sample> last(Bounds asked) throws IOException {
    Bounds bounds = kept(asked);
    Latest latest = new Latest(bounds);
    beside.first().forEach(latest::offer);
    for (int lane = 0; lane < track.lanes(); lane++) {
      Bounds part = inEngine(lane, bounds);
      boolean held = false;
      for (Column column : beside.held(lane)) {
        held |= latest.offer(column);
      }
      if (!held && part.from() < part.to() && latest.mayYieldTo(part)) {
        OptionalLong last = engine.last(series, lane, part);
        if (last.isPresent()) {
          Bounds there = new Bounds(last.getAsLong(), last.getAsLong() + 1);
          engine.read(series, lane, there, latest::offer);
        }
      }
    }
    beside.last().forEach(latest::offer);
    return latest.sample;
  }

  private void each(Bounds bounds, Engine.Sink sink) throws IOException {
    for (Column column : beside.first()) {
      sink.take(column);
    }
    for (int lane = 0; lane < track.lanes(); lane++) {
      Bounds part = inEngine(lane, bounds);
      if (part.from() < part.to()) {
        engine.read(series, lane, part, sink);
      }
      for (Column column : beside.held(lane)) {
        sink.take(column);
      }
    }
    for (Column column : beside.last()) {
      sink.take(column);
    }
  }

  private List<Column> heldSamples() {
    return beside.held().stream().map(Placed::samples).toList();
  }

  /** What of the bounds the database has of a lane, and nothing else has. */
  private Bounds inEngine(int lane, Bounds bounds) {
    long end =
        beside.held().stream()
            .filter(piece -> piece.lane() == lane)
            .mapToLong(Placed::first)
            .findFirst()
            .orElse(Bounds.through(track.last()[lane]).to());
    return new Bounds(Math.max(bounds.from(), track.first()[lane]), Math.min(bounds.to(), end));
  }

  private Bounds kept(Bounds bounds) {
    return new Bounds(Math.max(bounds.from(), floor), bounds.to());
  }

  /** Keeps the last sample of those offered; of one time, the one offered last. */
  private static final class Latest {
    private final Bounds bounds;
    private Optional<Sample> sample = Optional.empty();
    private long time;

    Latest(Bounds bounds) {
      this.bounds = bounds;
    }

    /** Whether the column, in order of time, has a sample within the bounds. */
    boolean offer(Column column) {
      int at = column.size() - 1;
      while (at >= 0 && !bounds.contains(column.nanos(at))) {
        at--;
      }
      if (at >= 0 && (sample.isEmpty() || column.nanos(at) >= time)) {
        sample = Optional.of(column.get(at));
        time = column.nanos(at);
      }
      return at >= 0;
    }

    boolean mayYieldTo(Bounds later) {
      return sample.isEmpty() || later.to() > time;
    }
  }
}
