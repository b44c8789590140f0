package fr.vigie.link;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes batches of what was read, each with the next sequence of the epoch. Not safe for use by
 * several threads: the courier guards it.
 */
final class Sealer {
  private static final int MOST_SAMPLES = 5_000;

  private int birth;
  private final Payload payload;
  private final Timekeeper timekeeper;
  private final Head head;
  private long epoch;
  private long sequence;
  private long bytes;

  /**
   * @param marks how far each device's own sequence has come
   */
  Sealer(Birth birth, Payload payload, Timekeeper timekeeper, Map<String, Long> marks) {
    this.birth = birth.id();
    this.payload = payload;
    this.timekeeper = timekeeper;
    this.head = new Head(birth.signals());
    marks.forEach(head::mark);
  }

  /**
   * Batches are described by another birth from now on, which has all signals of the one before.
   */
  void born(Birth next) {
    birth = next.id();
    head.describe(next.signals());
  }

  void begin(long next) {
    epoch = next;
    sequence = 0;
  }

  long epoch() {
    return epoch;
  }

  /** The newest batch of the epoch. */
  long sequence() {
    return sequence;
  }

  /** What all batches took on the wire. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return head.isEmpty();
  }

  boolean holdsReadings() {
    return head.samples() > 0;
  }

  /** Whether the head holds so much that it is to be sealed at once. */
  boolean isFull() {
    return head.samples() >= MOST_SAMPLES;
  }

  void add(Signal signal, Sample sample) {
    head.add(signal, timekeeper.date(sample));
  }

  void lost(Loss loss) {
    head.lost(timekeeper.date(loss));
  }

  void mark(String sensor, long deviceSequence) {
    head.mark(sensor, deviceSequence);
  }

  /**
   * A batch of all that was read since the last; empty when that is nothing.
   *
   * @param nanos on the monotonic clock
   */
  Optional<Sealed> seal(long nanos) {
    if (head.isEmpty()) {
      return Optional.empty();
    }
    int samples = head.samples();
    boolean undated = head.isUndated();
    Optional<Span> span = head.span();
    List<Batch.Part> parts = head.takeParts();
    List<Loss> declared = head.takeLosses();
    if (undated && timekeeper.isKnown()) {
      parts = timekeeper.date(parts);
      declared = declared.stream().map(timekeeper::date).toList();
      span = span(parts);
      undated = false;
    }
    sequence++;
    byte[] wire = BatchCodec.encode(new Batch(epoch, sequence, 0, birth, parts, declared), payload);
    bytes += wire.length;
    return Optional.of(
        new Sealed(
            new Position(epoch, sequence),
            wire,
            head.marks(),
            samples,
            span.orElseGet(this::present),
            declared,
            undated ? timekeeper.session() : 0,
            nanos));
  }

  private Span present() {
    Instant now = timekeeper.now();
    return new Span(now, now);
  }

  private static Optional<Span> span(List<Batch.Part> parts) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Batch.Part part : parts) {
      for (int i = 0; i < part.samples().size(); i++) {
        first = Math.min(first, part.samples().nanos(i));
        last = Math.max(last, part.samples().nanos(i));
      }
    }
    return last == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(new Span(Nanos.instant(first), Nanos.instant(last)));
  }
}
