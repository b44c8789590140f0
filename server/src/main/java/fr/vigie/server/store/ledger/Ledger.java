package fr.vigie.server.store.ledger;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnException;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.ledger.Lanes.Placed;
import fr.vigie.server.store.ledger.Lanes.Track;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.server.store.sqlite.Damage;
import fr.vigie.server.store.sqlite.Folder;
import fr.vigie.server.store.sqlite.HeadFile;
import fr.vigie.server.store.sqlite.LogRow;
import fr.vigie.server.store.sqlite.SeriesIds;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The folder beside a database: batch log, marks, losses, lanes, and what the database cannot hold.
 * One thread at a time may change it, any may read.
 */
final class Ledger implements Closeable {
  private final Folder folder;
  private final String generation;
  private final Damage damage = new Damage();
  private final HeadFile head;
  private final SeriesIds ids;
  private final LaneFile file;
  private final Engine engine;
  private final Lanes lanes;
  private final Held held = new Held();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private Ledger(Folder folder, Path path, Engine.Maker maker, int mostLanes) throws IOException {
    this.folder = folder;
    this.generation = folder.generation();
    this.ids = new SeriesIds();
    this.head = HeadFile.open(folder.head(), ids, damage);
    if (ids.hasHoles()) {
      throw new IOException(
          folder.head() + " has lost the name of a series to damage: restore a backup");
    }
    this.file = LaneFile.open(path.resolve("lanes.db"));
    this.engine = maker.make(file.texts());
    this.lanes = new Lanes(engine.tick(), mostLanes);
  }

  static Ledger open(Path path, Engine.Maker maker, int mostLanes) throws IOException {
    Folder folder = Folder.take(path);
    try {
      Ledger ledger = new Ledger(folder, path, maker, mostLanes);
      ledger.replay();
      return ledger;
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  Engine engine() {
    return engine;
  }

  /** Batches, losses and marks; safe to be asked by any thread. */
  HeadFile head() {
    return head;
  }

  /** Which history this is: another text after it was put back from a backup. */
  String generation() {
    return generation;
  }

  String id() {
    return file.id();
  }

  /** Takes note of the times that the database keeps from now on. */
  void keeps(Bounds bounds) throws IOException {
    file.keeps(head.lastRow(), bounds);
  }

  /** Whether the database should hold any sample for sure. */
  boolean expects(Bounds keeps) {
    return file.through() > 0
        && lanes.series().stream()
            .map(lanes::track)
            .anyMatch(track -> track.lanes() > 0 && track.newest() >= keeps.from());
  }

  /**
   * Logs batches durably, all or none, and gives lanes to the samples of those that are new.
   *
   * @return the places in the list of those that were new
   */
  BitSet append(List<IncomingBatch> batches) throws IOException {
    List<HeadFile.Encoded> encoded =
        batches.stream().map(batch -> HeadFile.Encoded.of(batch, ids)).toList();
    long row = head.lastRow();
    BitSet fresh = head.append(encoded);
    for (int i = fresh.nextSetBit(0); i >= 0; i = fresh.nextSetBit(i + 1)) {
      for (LogRow logged : encoded.get(i).parts()) {
        row++;
        take(row, logged);
      }
    }
    return fresh;
  }

  long heldBytes() {
    return held.bytes();
  }

  /** What the database has not taken yet. */
  List<Engine.Points> unpushed() {
    return held.unpushed().stream()
        .map(it -> new Engine.Points(ids.name(it.series()), it.lane(), it.samples()))
        .toList();
  }

  /** The database took all of {@link #unpushed}. */
  void pushed(long now) {
    held.pushed(now);
  }

  /** The database may have lost what it took and what is still held. */
  void lost() {
    held.lost();
  }

  /** The row up to which the database took all before a time, 0 without one. */
  long pushedBefore(long time) {
    return held.pushedBefore(time);
  }

  /** Lets go of what is held up to a row: the database has it for sure. */
  void settle(long through) throws IOException {
    lock.writeLock().lock();
    try {
      file.settle(through, held.through(through));
      held.drop(through);
    } finally {
      lock.writeLock().unlock();
    }
    head.trim(through);
  }

  void drop(long before) throws IOException {
    head.dropLosses(before);
    file.drop(before);
  }

  Set<Series> series() {
    lock.readLock().lock();
    try {
      Set<Series> all = new HashSet<>();
      for (int id : lanes.series()) {
        if (lanes.track(id).newest() >= file.dropped()) {
          all.add(ids.name(id));
        }
      }
      return all;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** What is known of a series at this moment, and lies within bounds where it lies aside. */
  Optional<LaneReading> reading(Series series, Bounds bounds) throws IOException {
    OptionalInt id = ids.find(series);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    lock.readLock().lock();
    try {
      Track track = lanes.track(id.getAsInt());
      LaneReading.Beside beside =
          new LaneReading.Beside(
              held.of(id.getAsInt()),
              aside(id.getAsInt(), track, Lanes.EARLY, bounds),
              aside(id.getAsInt(), track, Lanes.LATE, bounds));
      return Optional.of(new LaneReading(engine, series, track, beside, file.dropped()));
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    try (folder;
        head;
        file;
        engine) {
      held.unpushed();
    }
  }

  private List<Column> aside(int series, Track track, int lane, Bounds bounds) throws IOException {
    return track.aside() ? file.aside(series, lane, bounds) : List.of();
  }

  private void replay() throws IOException {
    file.load(lanes);
    List<IOException> failures = new ArrayList<>();
    head.replay(
        (row, bytes) -> {
          try {
            if (row > file.through()) {
              take(row, LogRow.of(bytes));
            }
          } catch (ColumnException e) {
            damage.report("row " + row + " of the batch log", String.valueOf(e.getMessage()));
          } catch (IOException e) {
            failures.add(e);
          }
        });
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void take(long row, LogRow logged) throws IOException {
    Bounds keeps = file.keeps(row);
    lock.writeLock().lock();
    try {
      List<Placed> placed = new ArrayList<>();
      for (LogRow.Part part : logged.parts()) {
        placed.addAll(lanes.place(part.series(), part.samples(), keeps));
      }
      held.add(row, placed);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
