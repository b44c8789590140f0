package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
public final class SqliteStore implements Store {
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
  public Set<Series> series() throws IOException {
    check();
    Set<Series> all = new HashSet<>();
    memory.view().heads().forEach(head -> head.series().forEach(id -> all.add(ids.name(id))));
    months.series().stream().forEach(id -> all.add(ids.name(id)));
    return all;
  }

  @Override
  public Column range(Series series, Span span) throws IOException {
    Optional<SeriesReading> reading = reading(series);
    return reading.isEmpty() ? Column.numbers().build() : reading.get().range(Bounds.of(span));
  }

  @Override
  public List<Window> windows(Series series, Span span, Duration width) throws IOException {
    WindowFold fold = new WindowFold(span, width);
    Optional<SeriesReading> reading = reading(series);
    return reading.isEmpty() ? List.of() : reading.get().windows(fold);
  }

  @Override
  public Optional<Sample> asOf(Series series, Instant instant) throws IOException {
    Optional<SeriesReading> reading = reading(series);
    return reading.isEmpty() ? Optional.empty() : reading.get().asOf(Bounds.nanos(instant));
  }

  @Override
  public long count(Series series, Span span) throws IOException {
    Optional<SeriesReading> reading = reading(series);
    return reading.isEmpty() ? 0 : reading.get().count(Bounds.of(span));
  }

  @Override
  public List<DeclaredLoss> losses(String site, Span span) throws IOException {
    check();
    return headFile.losses(site, Bounds.of(span));
  }

  /** Also forgets the losses that ended before the instant. */
  @Override
  public void dropBefore(Instant instant) throws IOException {
    check();
    memory.dropBefore(Bounds.nanos(instant));
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

  private Optional<SeriesReading> reading(Series series) throws IOException {
    check();
    OptionalInt id = ids.find(series);
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(new SeriesReading(id.getAsInt(), months, memory.view()));
  }

  private void check() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }
}
