package fr.vigie.link;

import fr.vigie.outbox.Dropped;
import fr.vigie.outbox.Outbox;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts into words, for the log and for the server, what the courier cannot keep. */
final class Declarations implements Backlog.Declarer {
  private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

  private final IntSupplier birth;
  private final Payload payload;
  private final EpochBook book;
  private final InstantSource clock;
  private final Map<Loss.Reason, Long> counts = new EnumMap<>(Loss.Reason.class);

  /**
   * @param birth the number of the present birth
   */
  Declarations(IntSupplier birth, Payload payload, EpochBook book, InstantSource clock) {
    this.birth = birth;
    this.payload = payload;
    this.book = book;
    this.clock = clock;
  }

  /** How many losses were declared. */
  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same by their reason. */
  Map<Loss.Reason, Long> counts() {
    return Map.copyOf(counts);
  }

  /** One is declared. */
  void count(Loss.Reason reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  /** The batch that stands for a gap. */
  byte[] inWords(Gap gap) {
    return BatchCodec.encode(
        new Batch(
            gap.epoch(),
            gap.last(),
            gap.last() - 1,
            birth.getAsInt(),
            List.of(),
            List.of(gap.loss())),
        payload);
  }

  @Override
  public Gap dropped(Dropped range) {
    Loss.Reason reason =
        switch (range.reason()) {
          case FULL -> Loss.Reason.OUTBOX_FULL;
          case DAMAGED -> Loss.Reason.OUTBOX_DAMAGED;
        };
    count(reason);
    LOG.error(
        "The outbox lost {} batches, {} to {} of epoch {}: {}",
        range.records(),
        range.first(),
        range.last(),
        Long.toHexString(range.epoch()),
        reason);
    return new Gap(
        range.epoch(), range.first(), range.last(), new Loss("*", range.when(), -1, reason));
  }

  @Override
  public Gap unreadable(Position at) {
    count(Loss.Reason.OUTBOX_DAMAGED);
    Instant now = clock.instant();
    LOG.error(
        "Batch {} of epoch {} in the outbox is no batch; it is declared lost",
        at.sequence(),
        Long.toHexString(at.epoch()));
    Loss loss = new Loss("*", new Span(now, now), -1, Loss.Reason.OUTBOX_DAMAGED);
    return new Gap(at.epoch(), at.sequence(), at.sequence(), loss);
  }

  @Override
  public Gap forgotten(long of, Outbox.Hole hole) {
    count(Loss.Reason.FORGOTTEN);
    Instant from = book.began(of).orElse(hole.until());
    Span when = new Span(from.isAfter(hole.until()) ? hole.until() : from, hole.until());
    LOG.error(
        "The server lost batches {} to {} of epoch {}, and they are not kept here any more",
        hole.first(),
        hole.last(),
        Long.toHexString(of));
    return new Gap(of, hole.first(), hole.last(), new Loss("*", when, -1, Loss.Reason.FORGOTTEN));
  }

  @Override
  public Sealed shed(Sealed batch) {
    count(Loss.Reason.HEAD_FULL);
    Position at = batch.position();
    List<Loss> told = new ArrayList<>(batch.losses());
    told.add(new Loss("*", batch.span(), batch.samples(), Loss.Reason.HEAD_FULL));
    byte[] wire =
        BatchCodec.encode(
            new Batch(at.epoch(), at.sequence(), 0, birth.getAsInt(), List.of(), told), payload);
    return new Sealed(
        at, wire, batch.marks(), 0, batch.span(), told, batch.session(), batch.nanos());
  }
}
