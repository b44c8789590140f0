package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.server.store.Store.Window;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers about one series at one moment: sealed chunks first, then heads, as they came. */
final class SeriesReading {
  private final int series;
  private final Months months;
  private final View view;

  SeriesReading(int series, Months months, View view) {
    this.series = series;
    this.months = months;
    this.view = view;
  }

  /** Numbers, or texts when the bounds hold a text; then numbers are spelled out. */
  Column range(Bounds bounds) throws IOException {
    Joined joined = new Joined(bounds);
    forChunks(bounds, (file, reader, chunk) -> file.decode(reader, chunk).ifPresent(joined::add));
    runs().forEach(run -> joined.add(run.about(bounds)));
    return joined.column();
  }

  List<Window> windows(WindowFold fold) throws IOException {
    Optional<Level> level = fold.level();
    for (MonthFile file : months.within(fold.bounds())) {
      if (file.has(series)) {
        file.read(
            reader -> {
              Bounds left = fold.bounds();
              if (level.isPresent() && addRollups(file, reader, fold, level.get())) {
                left = new Bounds(left.wholeWindows(level.get()).to(), left.to());
              }
              addChunks(file, reader, fold, left);
            });
      }
    }
    for (Run run : runs()) {
      if (!run.isText()) {
        run.numbers(fold.bounds(), fold::add);
      }
    }
    return fold.windows();
  }

  private boolean addRollups(MonthFile file, MonthReader reader, WindowFold fold, Level level)
      throws IOException {
    Bounds whole = fold.bounds().wholeWindows(level);
    Optional<List<Rollup>> pieces =
        new RollupReading(file, reader, series, view.sealedThrough()).pieces(level, whole);
    pieces.ifPresent(found -> found.forEach(piece -> fold.add(piece, whole)));
    return pieces.isPresent();
  }

  private void addChunks(MonthFile file, MonthReader reader, WindowFold fold, Bounds bounds)
      throws IOException {
    if (bounds.from() == bounds.to()) {
      return;
    }
    for (Chunk chunk : file.chunks(reader, series, view.sealedThrough())) {
      if (!chunk.text()
          && bounds.touches(chunk.first(), chunk.last())
          && !fold.takes(chunk, bounds)) {
        file.decode(reader, chunk).ifPresent(column -> Run.of(column).numbers(bounds, fold::add));
      }
    }
  }

  long count(Bounds bounds) throws IOException {
    long[] count = new long[1];
    forChunks(
        bounds,
        (file, reader, chunk) -> {
          if (bounds.holds(chunk.first(), chunk.last())) {
            count[0] += chunk.count();
          } else {
            count[0] +=
                file.decode(reader, chunk).map(column -> Run.of(column).count(bounds)).orElse(0L);
          }
        });
    for (Run run : runs()) {
      count[0] += run.count(bounds);
    }
    return count[0];
  }

  /** Made of the identities of chunks, which are never changed, and of what no chunk holds yet. */
  long version(Bounds bounds) throws IOException {
    long[] version = new long[1];
    forChunks(
        bounds,
        (file, reader, chunk) ->
            version[0] += mixed(chunk.id() ^ mixed(chunk.seal() ^ mixed(chunk.count()))));
    for (Run run : runs()) {
      version[0] += run.count(bounds);
    }
    return version[0];
  }

  /** Spreads a number over all bits, so that sums of such numbers are as good as lists of them. */
  private static long mixed(long number) {
    long mixed = (number ^ (number >>> 32)) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  Optional<Sample> asOf(long nanos) throws IOException {
    Latest latest = new Latest(nanos);
    List<Run> heads = runs();
    for (int i = heads.size() - 1; i >= 0; i--) {
      latest.offer(heads.get(i));
    }
    for (MonthFile file : months.backFrom(nanos)) {
      if (latest.isAfter(file.month())) {
        break;
      }
      if (file.has(series)) {
        file.read(reader -> offerChunks(file, reader, latest));
      }
    }
    return latest.sample();
  }

  private void offerChunks(MonthFile file, MonthReader reader, Latest latest) throws IOException {
    List<Chunk> chunks = new ArrayList<>(file.chunks(reader, series, view.sealedThrough()));
    chunks.removeIf(chunk -> chunk.first() > latest.limit());
    chunks.sort(
        Comparator.<Chunk>comparingLong(chunk -> Math.min(chunk.last(), latest.limit()))
            .thenComparingLong(Chunk::id)
            .reversed());
    for (Chunk chunk : chunks) {
      if (!latest.mayYieldTo(chunk)) {
        break;
      }
      file.decode(reader, chunk).ifPresent(column -> latest.offer(chunk, Run.of(column)));
    }
  }

  /** Work on each chunk that may hold samples within bounds. */
  private interface ChunkSink {
    void take(MonthFile file, MonthReader reader, Chunk chunk) throws IOException;
  }

  private void forChunks(Bounds bounds, ChunkSink sink) throws IOException {
    for (MonthFile file : months.within(bounds)) {
      if (file.has(series)) {
        file.read(
            reader -> {
              for (Chunk chunk : file.chunks(reader, series, view.sealedThrough())) {
                if (bounds.touches(chunk.first(), chunk.last())) {
                  sink.take(file, reader, chunk);
                }
              }
            });
      }
    }
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Head head : view.heads()) {
      runs.addAll(head.runs(series));
    }
    return runs;
  }
}
