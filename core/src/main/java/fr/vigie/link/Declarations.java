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
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts into words, for the log and for the server, what the courier cannot keep. */
final class Declarations implements Backlog.Declarer {
  private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

  private final int birth;
  private final Payload payload;
  private final EpochBook book;
  private final InstantSource clock;
  private long count;

  Declarations(int birth, Payload payload, EpochBook book, InstantSource clock) {
    this.birth = birth;
    this.payload = payload;
    this.book = book;
    this.clock = clock;
  }

  /** How many were made. */
  long count() {
    return count;
  }

  /** The batch that stands for a gap. */
  byte[] inWords(Gap gap) {
    return BatchCodec.encode(
        new Batch(gap.epoch(), gap.last(), gap.last() - 1, birth, List.of(), List.of(gap.loss())),
        payload);
  }

  @Override
  public Gap dropped(Dropped range) {
    count++;
    Loss.Reason reason =
        switch (range.reason()) {
          case FULL -> Loss.Reason.OUTBOX_FULL;
          case DAMAGED -> Loss.Reason.OUTBOX_DAMAGED;
        };
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
    count++;
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
    count++;
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
    count++;
    Position at = batch.position();
    List<Loss> told = new ArrayList<>(batch.losses());
    told.add(new Loss("*", batch.span(), batch.samples(), Loss.Reason.HEAD_FULL));
    byte[] wire =
        BatchCodec.encode(new Batch(at.epoch(), at.sequence(), 0, birth, List.of(), told), payload);
    return new Sealed(at, wire, batch.marks(), 0, batch.span(), told, batch.nanos());
  }
}
