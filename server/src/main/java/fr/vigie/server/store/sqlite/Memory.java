package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnException;
import fr.vigie.server.store.Retention;
import fr.vigie.server.store.sqlite.HeadFile.Encoded;
import fr.vigie.time.Nanos;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written and not yet sealed, and the seal. A seal sets the growing head aside, writes it
 * month by month, each month in one transaction that also notes the log row up to which it is
 * sealed, and then trims the log. Writes go on meanwhile, into a new head.
 */
final class Memory {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(10);
  private static final int MOST_HEADS = 3;

  private final HeadFile headFile;
  private final Months months;
  private final SeriesIds ids;
  private final Damage damage;
  private final SqliteStore.Settings settings;
  private final InstantSource clock;
  private final SealStep.Watcher watcher;
  private final GroupCommit<Request> commits = new GroupCommit<>(this::commit);
  private final ReentrantLock sealing = new ReentrantLock();
  private volatile View view;
  private volatile Instant nextTrial = Instant.MIN;
  private long asideThrough;
  private boolean failing;

  Memory(
      HeadFile headFile,
      Months months,
      SeriesIds ids,
      Damage damage,
      SqliteStore.Settings settings,
      InstantSource clock,
      SealStep.Watcher watcher) {
    this.headFile = headFile;
    this.months = months;
    this.ids = ids;
    this.damage = damage;
    this.settings = settings;
    this.clock = clock;
    this.watcher = watcher;
    headFile.numberFrom(months.sealedThrough() + 1);
    this.view = new View(List.of(new Head(clock.instant())), months.sealedThrough());
  }

  private static final class Request {
    final List<Encoded> batches;
    int fresh;

    Request(List<Encoded> batches) {
      this.batches = batches;
    }
  }

  View view() {
    return view;
  }

  /** Fills the head with what the log holds and no month has sealed. */
  void replay() throws IOException {
    Head head = view.growing();
    headFile.replay(
        (id, bytes) -> {
          try {
            for (LogRow.Part part : LogRow.of(bytes).parts()) {
              if (!ids.knows(part.series())) {
                throw new ColumnException("no series has the number " + part.series());
              }
              head.add(part.series(), unsealed(id, part.samples()));
            }
          } catch (ColumnException e) {
            damage.report("row " + id + " of the batch log", String.valueOf(e.getMessage()));
          }
        });
  }

  int write(List<Encoded> batches) throws IOException {
    if (view.bytes() > MOST_HEADS * settings.headBytes()) {
      seal();
    }
    Request request = new Request(batches);
    commits.commit(request);
    sealWhenDue();
    return request.fresh;
  }

  void seal() throws IOException {
    sealing.lock();
    try {
      sealAlone();
    } finally {
      sealing.unlock();
    }
  }

  void dropBefore(long nanos) throws IOException {
    sealing.lock();
    try {
      sealAlone();
      BitSet all = new BitSet();
      all.set(Dropped.ALL);
      commits.alone(() -> headFile.dropped(all, nanos));
      months.dropBefore(nanos);
      commits.alone(() -> headFile.dropLosses(nanos));
    } finally {
      sealing.unlock();
    }
  }

  boolean compact() throws IOException {
    sealing.lock();
    try {
      boolean more = months.compact(view.sealedThrough(), clock.instant(), settings.chunkSamples());
      watcher.reached(SealStep.MONTH_COMPACTED);
      return more;
    } finally {
      sealing.unlock();
    }
  }

  /** Month by month, so that a seal never waits for more than one. */
  void drop(Retention retention) throws IOException {
    seal();
    for (MonthFile file : months.all()) {
      sealing.lock();
      try {
        months.drop(file, retention, ids, this::note, watcher);
      } finally {
        sealing.unlock();
      }
    }
  }

  private void note(BitSet series, long before) throws IOException {
    commits.alone(() -> headFile.dropped(series, before));
    if (!series.isEmpty()) {
      LOG.info(
          "samples of {} series before {} are dropped, as the settings say",
          series.cardinality(),
          Nanos.instant(before));
    }
  }

  /** Waits for a seal and a commit under way. */
  void close() throws IOException {
    sealing.lock();
    try {
      commits.alone(() -> {});
    } finally {
      sealing.unlock();
    }
  }

  private void commit(List<Request> requests) throws IOException {
    List<Encoded> all = new ArrayList<>();
    requests.forEach(request -> all.addAll(request.batches));
    BitSet fresh = headFile.append(all);
    Head head = view.growing();
    int place = 0;
    for (Request request : requests) {
      for (Encoded batch : request.batches) {
        if (fresh.get(place++)) {
          request.fresh++;
          batch.addTo(head);
        }
      }
    }
  }

  private void sealWhenDue() {
    Head head = view.growing();
    Instant now = clock.instant();
    boolean due =
        head.bytes() >= settings.headBytes()
            || (!head.isEmpty() && !now.isBefore(head.since().plus(settings.headAge())));
    if (due && !now.isBefore(nextTrial) && sealing.tryLock()) {
      try {
        sealAlone();
        failing = false;
      } catch (IOException e) {
        nextTrial = now.plus(BETWEEN_TRIALS);
        if (!failing) {
          LOG.warn(
              "samples are safe in the log but cannot be sealed, will try again: {}",
              e.getMessage());
        }
        failing = true;
      } finally {
        sealing.unlock();
      }
    }
  }

  private void sealAlone() throws IOException {
    if (!view.isSealing()) {
      commits.alone(this::setAside);
    }
    watcher.reached(SealStep.SET_ASIDE);
    if (view.isSealing()) {
      Head aside = view.heads().get(0);
      for (Month month : aside.sort()) {
        MonthFile file = months.open(month);
        watcher.reached(SealStep.MONTH_OPENED);
        file.seal(aside, asideThrough, ids, settings.chunkSamples());
        watcher.reached(SealStep.MONTH_SEALED);
      }
      commits.alone(() -> view = new View(List.of(view.growing()), asideThrough));
    }
    watcher.reached(SealStep.PUBLISHED);
    commits.alone(this::trim);
    watcher.reached(SealStep.TRIMMED);
  }

  private void setAside() {
    asideThrough = headFile.lastRow();
    if (!view.growing().isEmpty()) {
      view = new View(List.of(view.growing(), new Head(clock.instant())), view.sealedThrough());
    }
  }

  private void trim() throws IOException {
    if (headFile.hasRows()) {
      headFile.trim(asideThrough);
    }
  }

  private Column unsealed(long row, Column samples) {
    if (row > months.sealedThrough()) {
      return samples;
    }
    Column.Builder left = Column.sized(samples.isText(), samples.size());
    Month month = Month.of(0);
    boolean sealed = false;
    for (int i = 0; i < samples.size(); i++) {
      long nanos = samples.nanos(i);
      if (i == 0 || !month.contains(nanos)) {
        month = Month.of(nanos);
        sealed = months.find(month).map(file -> row <= file.sealedThrough()).orElse(false);
      }
      if (!sealed) {
        if (samples.isText()) {
          left.add(nanos, samples.text(i), samples.quality(i));
        } else {
          left.add(nanos, samples.number(i), samples.quality(i));
        }
      }
    }
    return left.build();
  }
}
