package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Marked;
import fr.vigie.server.store.Retention;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A store in one folder: batches go to a log and to memory; from time to time all of the memory is
 * sealed as compressed chunks into one file a month. How and why is in {@code
 * docs/explanation/store.md}.
 */
public final class SqliteStore implements Marked {
  private final Folder folder;
  private final HeadFile headFile;
  private final Months months;
  private final SeriesIds ids;
  private final Damage damage;
  private final Memory memory;
  private final String generation;
  private volatile boolean closed;

  private SqliteStore(
      String generation,
      Folder folder,
      HeadFile headFile,
      Months months,
      SeriesIds ids,
      Damage damage,
      Memory memory) {
    this.generation = generation;
    this.folder = folder;
    this.headFile = headFile;
    this.months = months;
    this.ids = ids;
    this.damage = damage;
    this.memory = memory;
  }

  /**
   * When memory is sealed, and how large chunks are.
   *
   * @param headBytes about how much memory unsealed samples may take before a seal; writes are
   *     refused when seals fail until three times as much is taken
   * @param headAge how old unsealed samples may become before a write seals them
   * @param chunkSamples at most so many samples in a chunk
   */
  public record Settings(long headBytes, Duration headAge, int chunkSamples) {
    public static final Settings DEFAULT = new Settings(48L << 20, Duration.ofHours(6), 16_384);

    /**
     * @throws IllegalArgumentException when a figure is not positive, or chunks are too large
     */
    public Settings {
      if (headBytes <= 0 || headAge.isNegative() || headAge.isZero()) {
        throw new IllegalArgumentException(
            "found head limits of " + headBytes + " bytes and " + headAge + ", wanted more than 0");
      }
      if (chunkSamples < 1 || chunkSamples > 65_536) {
        throw new IllegalArgumentException(
            "found " + chunkSamples + " samples a chunk, wanted 1 to 65536");
      }
    }
  }

  /**
   * Opens the store of a folder, which is made when it does not exist.
   *
   * @param clock tells how old unsealed samples are
   * @throws IOException when another process holds the folder, a newer version wrote it, or it
   *     cannot be read
   */
  public static SqliteStore open(Path path, Settings settings, InstantSource clock)
      throws IOException {
    return open(path, settings, clock, step -> {});
  }

  static SqliteStore open(
      Path path, Settings settings, InstantSource clock, SealStep.Watcher watcher)
      throws IOException {
    Folder folder = Folder.take(path);
    try {
      String generation = folder.generation();
      SeriesIds ids = new SeriesIds();
      Damage damage = new Damage();
      Months months = Months.open(folder, damage);
      HeadFile headFile = HeadFile.open(folder.head(), ids, damage);
      if (ids.hasHoles() || ids.last() == 0) {
        months.loadNames(ids);
      }
      Memory memory = new Memory(headFile, months, ids, damage, settings, clock, watcher);
      memory.replay();
      return new SqliteStore(generation, folder, headFile, months, ids, damage, memory);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * A random text drawn when the store was made, and again when it was put back from a backup,
   * since it may then know less than it once acknowledged. Who sees another one than last time
   * sends again what it still keeps; what is stored already is known by its marks.
   */
  @Override
  public String generation() {
    return generation;
  }

  /** Draws a new generation for a store that nobody has open and that was put back from a copy. */
  public static void restored(Path path) throws IOException {
    Folder.refuse(path);
    Generation.renew(path);
  }

  @Override
  public int write(List<IncomingBatch> batches) throws IOException {
    check();
    return memory.write(batches.stream().map(batch -> HeadFile.Encoded.of(batch, ids)).toList());
  }

  /** Turns all unsealed samples into chunks; a seal that failed before is taken up again. */
  public void seal() throws IOException {
    check();
    memory.seal();
  }

  /** How many chunks and rows could not be read back since the store was opened. */
  public long damaged() {
    return damage.count();
  }

  @Override
  public long highWater(IncomingBatch.Source source, long epoch) throws IOException {
    check();
    return headFile.highWater(source, epoch);
  }

  @Override
  public List<StoredEpoch> epochs() throws IOException {
    check();
    return headFile.epochs();
  }

  @Override
  public Set<Series> series() throws IOException {
    check();
    Set<Series> all = new HashSet<>();
    memory.view().heads().forEach(head -> head.series().forEach(id -> all.add(ids.name(id))));
    months.series().stream().forEach(id -> all.add(ids.name(id)));
    return all;
  }

  @Override
  public Column range(Series series, Span span) throws IOException {
    return read(series, Column.numbers().build(), reading -> reading.range(Bounds.of(span)));
  }

  @Override
  public List<Window> windows(Series series, Span span, Duration width) throws IOException {
    List<Window> none = new WindowFold(span, width).windows();
    return read(series, none, reading -> reading.windows(new WindowFold(span, width)));
  }

  @Override
  public Optional<Sample> asOf(Series series, Instant instant) throws IOException {
    return read(series, Optional.empty(), reading -> reading.asOf(Bounds.nanos(instant)));
  }

  @Override
  public long count(Series series, Span span) throws IOException {
    return read(series, 0L, reading -> reading.count(Bounds.of(span)));
  }

  @Override
  public long version(Series series, Span span) throws IOException {
    return read(series, 0L, reading -> reading.version(Bounds.of(span)));
  }

  @Override
  public List<DeclaredLoss> losses(String site, Span span) throws IOException {
    check();
    return headFile.losses(site, Bounds.of(span));
  }

  @Override
  public List<LossTotal> lossTotals(String site) throws IOException {
    check();
    return headFile.lossTotals(site);
  }

  @Override
  public List<MissingBatches> missing(String site) throws IOException {
    check();
    return headFile.missing(site);
  }

  @Override
  public List<DamagedSamples> damagedSamples(String site) throws IOException {
    check();
    List<DamagedSamples> damaged = new ArrayList<>();
    for (Chunk chunk : damage.chunks()) {
      Series series = ids.name((int) (chunk.id() >> 32));
      if (series.site().equals(site)) {
        Instant after = Nanos.instant(chunk.last()).plusNanos(1);
        Span when = new Span(Nanos.instant(chunk.first()), after);
        damaged.add(new DamagedSamples(series, when, chunk.count()));
      }
    }
    return damaged;
  }

  /** Also forgets the losses that ended before the instant. */
  @Override
  public void dropBefore(Instant instant) throws IOException {
    check();
    memory.dropBefore(Bounds.nanos(instant));
  }

  @Override
  public boolean tidy() throws IOException {
    check();
    return memory.compact();
  }

  @Override
  public void drop(Retention retention) throws IOException {
    check();
    memory.drop(retention);
  }

  @Override
  public Instant droppedBefore(Series series) throws IOException {
    check();
    long before = headFile.droppedBefore(ids.find(series).orElse(Dropped.ALL));
    return before == Long.MIN_VALUE ? Instant.MIN : Nanos.instant(before);
  }

  /** Ends writes and reads; unsealed samples stay in the log. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (folder;
        headFile;
        months) {
      memory.close();
    }
  }

  /** An answer about one series. */
  private interface Answer<T> {
    T from(SeriesReading reading) throws IOException;
  }

  private <T> T read(Series series, T nothing, Answer<T> answer) throws IOException {
    check();
    OptionalInt id = ids.find(series);
    while (id.isPresent()) {
      try {
        return answer.from(new SeriesReading(id.getAsInt(), months, memory.view()));
      } catch (StaleView e) {
        check();
      }
    }
    return nothing;
  }

  private void check() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }
}
