package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Retention;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The monthly files of a folder. */
final class Months implements Closeable {
  /** Late data is common for some time after a month's end. */
  private static final Duration UNTIL_OVER = Duration.ofDays(1);

  private final Folder folder;
  private final Damage damage;
  private final Readers readers = new Readers();
  private final Decoded decoded = new Decoded();
  private final NavigableMap<Month, MonthFile> files = new ConcurrentSkipListMap<>();

  private Months(Folder folder, Damage damage) {
    this.folder = folder;
    this.damage = damage;
  }

  /** Opens what is there; a file that SQLite cannot read any more is put aside and reported. */
  static Months open(Folder folder, Damage damage) throws IOException {
    Months months = new Months(folder, damage);
    for (Path file : folder.monthFiles()) {
      Month month = Month.ofFile(file).orElseThrow();
      try {
        months.files.put(
            month, MonthFile.open(file, month, damage, months.readers, months.decoded));
      } catch (IOException e) {
        if (!Sql.isDamage(e)) {
          throw e;
        }
        damage.report(
            file + ", kept as " + folder.quarantine(file), String.valueOf(e.getMessage()));
      }
    }
    return months;
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The files of months that share time with bounds, oldest first. */
  List<MonthFile> within(Bounds bounds) {
    return files.values().stream()
        .filter(
            file ->
                file.month().bounds().from() < bounds.to()
                    && file.month().bounds().to() >= bounds.from())
        .toList();
  }

  /** The files of months that began at or before a time, newest first. */
  List<MonthFile> backFrom(long nanos) {
    return files.descendingMap().values().stream()
        .filter(file -> file.month().bounds().from() <= nanos)
        .toList();
  }

  Optional<MonthFile> find(Month month) {
    return Optional.ofNullable(files.get(month));
  }

  /** The file of a month, made when there is none; one thread at a time. */
  MonthFile open(Month month) throws IOException {
    MonthFile known = files.get(month);
    if (known != null) {
      return known;
    }
    MonthFile opened = MonthFile.open(folder.month(month), month, damage, readers, decoded);
    files.put(month, opened);
    return opened;
  }

  long sealedThrough() {
    return files.values().stream().mapToLong(MonthFile::sealedThrough).max().orElse(0);
  }

  BitSet series() throws IOException {
    BitSet all = new BitSet();
    for (MonthFile file : files.values()) {
      all.or(file.series());
    }
    return all;
  }

  void loadNames(SeriesIds ids) throws IOException {
    for (MonthFile file : files.values()) {
      file.loadNames(ids);
    }
  }

  /**
   * One bounded step of compaction, in the oldest month that needs one.
   *
   * @param now months that ended well before are over
   * @return whether there was something to do
   */
  boolean compact(long published, Instant now, int mostSamples) throws IOException {
    for (MonthFile file : files.values()) {
      boolean over = Bounds.nanos(now.minus(UNTIL_OVER)) >= file.month().bounds().to();
      if (file.compact(new Compaction.Scope(published, over, mostSamples))) {
        return true;
      }
    }
    return false;
  }

  /** Notes, durably, that samples of some series are about to be dropped. */
  interface Note {
    void dropping(BitSet series, long before) throws IOException;
  }

  /** All that there are now, oldest first. */
  List<MonthFile> all() {
    return List.copyOf(files.values());
  }

  /** Drops what is old of a month, once all of it is; of which nothing is left is deleted. */
  void drop(MonthFile file, Retention retention, SeriesIds ids, Note note, SealStep.Watcher watcher)
      throws IOException {
    long end = file.month().bounds().to();
    BitSet old = new BitSet();
    file.series().stream()
        .filter(id -> Bounds.nanos(retention.samples().apply(ids.name(id))) >= end)
        .forEach(old::set);
    MonthContents contents = file.contents();
    MonthContents gone = contents.forgettable(old, Bounds.nanos(retention.rollups()) >= end);
    if (gone.isEmpty()) {
      return;
    }
    note.dropping(gone.samples(), end);
    if (gone.samples().equals(contents.samples()) && gone.rollups().equals(contents.rollups())) {
      files.remove(file.month());
      file.drop();
    } else {
      file.rewrite(gone.samples(), gone.rollups(), watcher);
    }
  }

  /** Deletes whole months before a time, and the older chunks of the month that holds it. */
  void dropBefore(long nanos) throws IOException {
    for (MonthFile file : new ArrayList<>(files.values())) {
      if (file.month().bounds().to() <= nanos) {
        files.remove(file.month());
        file.drop();
      } else if (file.month().bounds().from() < nanos) {
        file.dropBefore(nanos);
      }
    }
  }

  @Override
  public void close() throws IOException {
    readers.close();
  }
}
