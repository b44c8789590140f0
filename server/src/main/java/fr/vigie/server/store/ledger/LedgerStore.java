package fr.vigie.server.store.ledger;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Marked;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.server.store.sqlite.GroupCommit;
import fr.vigie.server.store.sqlite.WindowFold;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A store whose samples are kept by a database of its own. Beside it lies a ledger in one folder: a
 * batch log, which batches are stored, declared losses, and what the database cannot hold. A batch
 * is durable when it is in the log; it leaves the log when the database has it for sure. How and
 * why is in {@code docs/explanation/engines.md}.
 */
public final class LedgerStore implements Marked {
  private final Ledger ledger;
  private final Delivery delivery;
  private final GroupCommit<Request> commits = new GroupCommit<>(this::commit);
  private volatile boolean closed;

  private LedgerStore(Ledger ledger, Delivery delivery) {
    this.ledger = ledger;
    this.delivery = delivery;
  }

  /**
   * Limits.
   *
   * @param lanes at most so many lanes of a series in the database; what finds none of them free is
   *     kept in the ledger
   * @param heldBytes about how much memory what is not yet safe in the database may take; writes
   *     are refused beyond
   */
  public record Settings(int lanes, long heldBytes) {
    public static final Settings DEFAULT = new Settings(64, 64L << 20);

    /**
     * @throws IllegalArgumentException when a figure is not positive
     */
    public Settings {
      if (lanes < 1 || heldBytes < 1) {
        throw new IllegalArgumentException(
            "found " + lanes + " lanes and " + heldBytes + " bytes held, wanted more than 0");
      }
    }
  }

  private static final class Request {
    final List<IncomingBatch> batches;
    int fresh;

    Request(List<IncomingBatch> batches) {
      this.batches = batches;
    }
  }

  /** What is the matter with the database. */
  public record Trouble(Instant since, String reason) {}

  /**
   * Opens the ledger of a folder, which is made when it does not exist. The database is not asked
   * for anything yet.
   *
   * @param monotonic nanoseconds of a clock that never jumps
   * @throws IOException when another process holds the folder, a newer version wrote it, or it
   *     cannot be read
   */
  public static LedgerStore open(
      Path path, Engine.Maker maker, Settings settings, InstantSource clock, LongSupplier monotonic)
      throws IOException {
    Ledger ledger = Ledger.open(path, maker, settings.lanes());
    return new LedgerStore(ledger, new Delivery(ledger, settings.heldBytes(), clock, monotonic));
  }

  /** What keeps the samples, and where. */
  public String engine() {
    return ledger.engine().name();
  }

  /** Since when the database does not do what is asked, and why; empty when it does. */
  public Optional<Trouble> trouble() {
    return delivery.trouble();
  }

  @Override
  public String generation() {
    return ledger.generation();
  }

  /** About how much is held until the database has it for sure. */
  public long heldBytes() {
    return ledger.heldBytes();
  }

  /** Asks the database whether all is well, and hands it what it does not have yet. */
  public void reach() throws IOException {
    check();
    commits.alone(delivery::deliver);
  }

  @Override
  public int write(List<IncomingBatch> batches) throws IOException {
    check();
    if (batches.isEmpty()) {
      return 0;
    }
    Request request = new Request(batches);
    commits.commit(request);
    return request.fresh;
  }

  @Override
  public long highWater(IncomingBatch.Source source, long epoch) throws IOException {
    check();
    return ledger.head().highWater(source, epoch);
  }

  @Override
  public List<StoredEpoch> epochs() throws IOException {
    check();
    return ledger.head().epochs();
  }

  @Override
  public Set<Series> series() throws IOException {
    check();
    return ledger.series();
  }

  @Override
  public Column range(Series series, Span span) throws IOException {
    Bounds bounds = Bounds.of(span);
    Optional<LaneReading> reading = reading(series, bounds);
    return reading.isEmpty() ? Column.numbers().build() : reading.get().range(bounds);
  }

  @Override
  public List<Window> windows(Series series, Span span, Duration width) throws IOException {
    WindowFold fold = new WindowFold(span, width);
    Optional<LaneReading> reading = reading(series, fold.bounds());
    return reading.isEmpty() ? List.of() : reading.get().windows(fold);
  }

  @Override
  public Optional<Sample> asOf(Series series, Instant instant) throws IOException {
    Bounds bounds = Bounds.through(Bounds.nanos(instant));
    Optional<LaneReading> reading = reading(series, bounds);
    return reading.isEmpty() ? Optional.empty() : reading.get().last(bounds);
  }

  @Override
  public long count(Series series, Span span) throws IOException {
    Bounds bounds = Bounds.of(span);
    Optional<LaneReading> reading = reading(series, bounds);
    return reading.isEmpty() ? 0 : reading.get().count(bounds);
  }

  @Override
  public List<DeclaredLoss> losses(String site, Span span) throws IOException {
    check();
    return ledger.head().losses(site, Bounds.of(span));
  }

  @Override
  public List<LossTotal> lossTotals(String site) throws IOException {
    check();
    return ledger.head().lossTotals(site);
  }

  @Override
  public List<MissingBatches> missing(String site) throws IOException {
    check();
    return ledger.head().missing(site);
  }

  /**
   * What comes later for a time before the instant is left out of answers too. Also forgets the
   * losses that ended before it.
   */
  @Override
  public void dropBefore(Instant instant) throws IOException {
    check();
    long nanos = Bounds.nanos(instant);
    commits.alone(
        () -> {
          delivery.deliver();
          ledger.engine().dropBefore(nanos);
          ledger.drop(nanos);
        });
  }

  /** Ends writes and reads; what the database may still lose stays in the log. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      commits.alone(ledger::close);
    }
  }

  private void commit(List<Request> requests) throws IOException {
    delivery.deliver();
    List<IncomingBatch> all = new ArrayList<>();
    requests.forEach(request -> all.addAll(request.batches));
    BitSet fresh = ledger.append(all);
    int place = 0;
    for (Request request : requests) {
      request.fresh = fresh.get(place, place + request.batches.size()).cardinality();
      place += request.batches.size();
    }
    delivery.push();
  }

  private Optional<LaneReading> reading(Series series, Bounds bounds) throws IOException {
    check();
    return ledger.reading(series, bounds);
  }

  private void check() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }
}
