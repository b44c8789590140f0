package fr.vigie.server.store;

import fr.vigie.column.Column;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps samples. Safe for use by several threads; a read sees every write that returned before it.
 */
public interface Store extends Closeable {
  /**
   * Stores the batches and returns once they are durable. A batch whose identity (source, epoch,
   * sequence) is already stored changes nothing.
   *
   * @return how many of the batches were new
   * @throws IOException when they could not be made durable: none of them counts as stored, and the
   *     same call may be made again
   */
  int write(List<IncomingBatch> batches) throws IOException;

  /**
   * The highest sequence of an epoch up to which every batch is stored (or was declared by its
   * floor never to come); 0 when there is none.
   */
  long highWater(IncomingBatch.Source source, long epoch) throws IOException;

  /** Every series that holds at least one sample. */
  Set<Series> series() throws IOException;

  /** The samples within a span by time; samples of one time in the order in which they came. */
  Column range(Series series, Span span) throws IOException;

  /** Figures of numeric samples over windows of equal width, from {@code span.start()} on. */
  List<Window> windows(Series series, Span span, Duration width) throws IOException;

  /** The last sample at or before an instant. */
  Optional<Sample> asOf(Series series, Instant instant) throws IOException;

  /** How many samples a series holds within a span. */
  long count(Series series, Span span) throws IOException;

  /**
   * A number that is another one whenever samples within a span have come or gone since; it may
   * also change when they have not. Much less work than reading them.
   */
  default long version(Series series, Span span) throws IOException {
    return count(series, span);
  }

  /** Losses that agents of a site declared and that touch the span. */
  List<DeclaredLoss> losses(String site, Span span) throws IOException;

  /** What was ever declared lost at a site, by agent and reason; forgetting does not lessen it. */
  List<LossTotal> lossTotals(String site) throws IOException;

  /**
   * Batches of a site that are missing: later ones of their epoch are stored, these are not yet.
   */
  List<MissingBatches> missing(String site) throws IOException;

  /** What of a site's samples was found to be damaged since the store was opened. */
  default List<DamagedSamples> damagedSamples(String site) throws IOException {
    return List.of();
  }

  /** Forgets every sample before an instant; may keep some of the hours just before it. */
  void dropBefore(Instant instant) throws IOException;

  /**
   * One bounded step of what keeps the store small and fast; to be called now and then, until it
   * says that all is done.
   *
   * @return whether there may be more to do
   */
  default boolean tidy() throws IOException {
    return false;
  }

  /** Drops what is old by whole months, so that some may stay longer. */
  default void drop(Retention retention) throws IOException {}

  /**
   * Samples of a series before this instant were dropped on purpose and are no loss; {@link
   * Instant#MIN} when none were.
   */
  default Instant droppedBefore(Series series) throws IOException {
    return Instant.MIN;
  }

  /** A loss and the agent that declared it. */
  record DeclaredLoss(IncomingBatch.Source source, Loss loss) {}

  /**
   * @param declared how many declarations
   * @param readings how many readings those that know it lost
   * @param unknown how many of the declarations do not know it
   */
  record LossTotal(
      IncomingBatch.Source source,
      Loss.Reason reason,
      long declared,
      long readings,
      long unknown) {}

  /**
   * @param first sequence of the first of them
   * @param last sequence of the last of them
   * @param when between which times they lie, as the batches around them tell
   */
  record MissingBatches(
      IncomingBatch.Source source, long epoch, long first, long last, Span when) {}

  /**
   * @param when between which times they lay
   * @param samples how many there were
   */
  record DamagedSamples(Series series, Span when, long samples) {}

  /**
   * One window; without numeric samples it does not appear in a list.
   *
   * @param count numeric samples, those without a value left out
   */
  record Window(
      Span span, long count, double sum, double min, double max, double first, double last) {
    public double mean() {
      return sum / count;
    }
  }
}
