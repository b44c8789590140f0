package fr.vigie.server.migration;

import fr.vigie.column.Column;
import fr.vigie.server.migration.Plan.Piece;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Part;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Marked;
import fr.vigie.server.store.Marked.StoredEpoch;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store.DeclaredLoss;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Brings samples, marks and losses from one store to an empty one, through the verbs that every
 * store has. To the target it is an agent that writes batches, one a piece of the {@linkplain Plan
 * plan}; so a migration that was killed goes on where it was, and no piece is there twice. The
 * source is only read.
 */
public final class Migration {
  private static final Source WRITER = new Source("vigie", "migration");
  private static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);
  private static final int LOSSES_A_BATCH = 1_000;

  private final Marked source;
  private final Marked target;
  private final Progress progress;
  private final LongSupplier monotonic;
  private final Pause pause;

  /**
   * @param monotonic nanoseconds of a clock that never jumps
   */
  public Migration(
      Marked source, Marked target, Progress progress, LongSupplier monotonic, Pause pause) {
    this.source = source;
    this.target = target;
    this.progress = progress;
    this.monotonic = monotonic;
    this.pause = pause;
  }

  /** Waits a while. */
  public interface Pause {
    void take(Duration length);
  }

  /** Is told how far it is. */
  public interface Progress {
    void at(String stage, long samples, long of);
  }

  /**
   * Brings over all that is not there yet, and compares.
   *
   * @param file where the plan is kept, made when it does not exist
   * @param from the names of the stores, by which a plan of others is refused
   * @param epoch a number that no other migration has, for a new plan
   * @throws IOException when a store fails, or the target was not empty at first; the same call
   *     goes on later
   */
  public Verification run(Path file, String from, String to, long epoch) throws IOException {
    Plan plan = plan(file, from, to, epoch);
    copy(plan);
    copyLosses(plan.epoch());
    copyMarks();
    Verification result = new Verification();
    long done = 0;
    for (Piece piece : plan.pieces()) {
      result.compare(
          piece,
          source.range(piece.series(), piece.span()),
          target.range(piece.series(), piece.span()));
      done += piece.count();
      progress.at("compared", done, plan.samples());
    }
    for (Series series : source.series()) {
      result.equal(
          "samples of " + series, source.count(series, ALWAYS), target.count(series, ALWAYS));
    }
    result.equal("series", source.series(), target.series());
    result.equal("declared losses", losses(source), losses(target));
    result.equal("marks", marks(source), marks(target));
    return result;
  }

  private Plan plan(Path file, String from, String to, long epoch) throws IOException {
    if (Files.exists(file)) {
      Plan plan = Plan.load(file);
      if (!plan.from().equals(from) || !plan.to().equals(to)) {
        throw new IOException(
            file
                + " is the plan of a migration from "
                + plan.from()
                + " to "
                + plan.to()
                + ": finish that one, or delete the file");
      }
      return plan;
    }
    if (!target.series().isEmpty()) {
      throw new IOException(to + " is not empty: name another database, or empty it");
    }
    progress.at("planning", 0, 0);
    Plan plan = Plan.make(source, from, to, epoch);
    plan.save(file);
    return plan;
  }

  private void copy(Plan plan) throws IOException {
    long through = target.highWater(WRITER, plan.epoch());
    long done = 0;
    for (int i = 0; i < plan.pieces().size(); i++) {
      Piece piece = plan.pieces().get(i);
      if (i + 1 > through) {
        List<Part> parts = new ArrayList<>();
        read(piece.series(), piece.span(), parts);
        write(new IncomingBatch(WRITER, plan.epoch(), i + 1L, 0, parts, List.of()));
      }
      done += piece.count();
      progress.at("copied", done, plan.samples());
    }
  }

  /** Where a series holds numbers among texts, each is read alone: together all would be texts. */
  private void read(Series series, Span span, List<Part> parts) throws IOException {
    Column column = source.range(series, span);
    boolean mixed =
        column.isText()
            && span.length().toNanos() > 1
            && !source.windows(series, span, span.length()).isEmpty();
    if (mixed) {
      Instant middle = Plan.middle(span);
      read(series, new Span(span.start(), middle), parts);
      read(series, new Span(middle, span.end()), parts);
    } else if (!column.isEmpty()) {
      parts.add(new Part(series, column));
    }
  }

  private void copyLosses(long epoch) throws IOException {
    Map<Source, List<DeclaredLoss>> bySource =
        losses(source).stream()
            .collect(
                Collectors.groupingBy(
                    DeclaredLoss::source, LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<Source, List<DeclaredLoss>> entry : bySource.entrySet()) {
      List<DeclaredLoss> all = entry.getValue();
      long sequence = 0;
      for (int at = 0; at < all.size(); at += LOSSES_A_BATCH) {
        sequence++;
        write(
            new IncomingBatch(
                entry.getKey(),
                epoch,
                sequence,
                0,
                List.of(),
                all.subList(at, Math.min(all.size(), at + LOSSES_A_BATCH)).stream()
                    .map(DeclaredLoss::loss)
                    .toList()));
      }
    }
  }

  private void copyMarks() throws IOException {
    for (StoredEpoch stored : source.epochs()) {
      if (stored.high() > 0) {
        write(mark(stored, stored.high()));
      }
      for (long sequence : stored.beyond()) {
        write(mark(stored, sequence));
      }
    }
  }

  private static IncomingBatch mark(StoredEpoch stored, long sequence) {
    return new IncomingBatch(
        stored.source(), stored.epoch(), sequence, stored.high(), List.of(), List.of());
  }

  /** A database that is away, or must catch its breath, is waited for. */
  private void write(IncomingBatch batch) throws IOException {
    long deadline = monotonic.getAsLong() + PATIENCE.toNanos();
    while (true) {
      try {
        target.write(List.of(batch));
        return;
      } catch (IOException e) {
        if (monotonic.getAsLong() - deadline > 0) {
          throw e;
        }
        pause.take(BETWEEN_TRIALS);
      }
    }
  }

  private static List<DeclaredLoss> losses(Marked store) throws IOException {
    Set<String> sites = new TreeSet<>();
    store.epochs().forEach(epoch -> sites.add(epoch.source().site()));
    List<DeclaredLoss> all = new ArrayList<>();
    for (String site : sites) {
      all.addAll(store.losses(site, ALWAYS));
    }
    return all;
  }

  /** The marks of the source in both: the target has those of the migration too. */
  private Set<StoredEpoch> marks(Marked store) throws IOException {
    Map<List<Object>, StoredEpoch> wanted =
        source.epochs().stream()
            .collect(Collectors.toMap(it -> List.of(it.source(), it.epoch()), it -> it));
    return store.epochs().stream()
        .filter(it -> wanted.containsKey(List.<Object>of(it.source(), it.epoch())))
        .collect(Collectors.toSet());
  }
}
