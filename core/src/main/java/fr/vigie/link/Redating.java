package fr.vigie.link;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.BootTime;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.Loss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts dates in the place of the moments of a boot session. What a device dated itself stays.
 *
 * @param zero where the session's zero lies, in nanoseconds since 1970
 * @param worth what the date makes of a good sample
 */
record Redating(long zero, Quality worth) {
  /** The last moment in a batch that waits for its date, in nanoseconds since the boot, else 0. */
  static long lastMoment(Batch batch) {
    long last = 0;
    for (Batch.Part part : batch.parts()) {
      for (int i = 0; i < part.samples().size(); i++) {
        if (BootTime.is(part.samples().nanos(i))) {
          last = Math.max(last, BootTime.monotonic(part.samples().nanos(i)));
        }
      }
    }
    return last;
  }

  Batch date(Batch batch) {
    return new Batch(
        batch.epoch(),
        batch.sequence(),
        batch.floor(),
        batch.birth(),
        parts(batch.parts()),
        batch.losses().stream().map(this::date).toList());
  }

  List<Batch.Part> parts(List<Batch.Part> parts) {
    List<Batch.Part> dated = new ArrayList<>(parts.size());
    for (Batch.Part part : parts) {
      dated.add(isDue(part.samples()) ? new Batch.Part(part.signal(), date(part.samples())) : part);
    }
    return dated;
  }

  Loss date(Loss loss) {
    Instant start = date(loss.when().start());
    Instant end = date(loss.when().end());
    Span when = end.isBefore(start) ? new Span(end, end) : new Span(start, end);
    return new Loss(loss.source(), when, loss.count(), loss.reason());
  }

  private Instant date(Instant moment) {
    return BootTime.is(moment) ? Nanos.instant(date(Nanos.of(moment))) : moment;
  }

  private long date(long nanos) {
    return zero + BootTime.monotonic(nanos);
  }

  private static boolean isDue(Column samples) {
    for (int i = 0; i < samples.size(); i++) {
      if (BootTime.is(samples.nanos(i))) {
        return true;
      }
    }
    return false;
  }

  private Column date(Column samples) {
    Column.Builder dated = Column.sized(samples.isText(), samples.size());
    for (int i = 0; i < samples.size(); i++) {
      boolean due = BootTime.is(samples.nanos(i));
      long nanos = due ? date(samples.nanos(i)) : samples.nanos(i);
      Quality quality = due && samples.quality(i) == Quality.GOOD ? worth : samples.quality(i);
      if (samples.isText()) {
        dated.add(nanos, samples.text(i), quality);
      } else {
        dated.add(nanos, samples.number(i), quality);
      }
    }
    return dated.build();
  }
}
