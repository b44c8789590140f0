package fr.vigie.server.alert;

import fr.vigie.column.Column;
import fr.vigie.condition.Judgement;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the samples of one signal cross what a rule asks, over the last days. Samples are read
 * once; when late ones came, which their number tells, all are read again, but not more often than
 * every half minute. For one thread.
 */
final class Crossings {
  private static final Duration SLICE = Duration.ofHours(6);
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(30);
  private static final Duration SLIDE = Duration.ofHours(1);
  private static final int MOST = 100_000;

  private final Series series;
  private final Condition condition;
  private final Duration hold;
  private final ArrayDeque<Turn> turns = new ArrayDeque<>();
  private Instant from = Instant.MAX;
  private Instant upTo = Instant.MAX;
  private Instant lastValue = Instant.MIN;
  private Instant readAll = Instant.MIN;
  private long count;

  /**
   * @param hold gaps that are shorter are not missing values
   */
  Crossings(Series series, Condition condition, Duration hold) {
    this.series = series;
    this.condition = condition;
    this.hold = hold;
  }

  /**
   * The turns since an instant, the first one at that instant.
   *
   * @throws IOException when the store cannot be read; the next call tries again
   */
  List<Turn> since(Instant start, Instant now, Store store) throws IOException {
    boolean late =
        upTo.isAfter(now)
            || start.isBefore(from)
            || store.count(series, new Span(from, upTo)) != count;
    boolean rested = !now.isBefore(readAll.plus(BETWEEN_READINGS)) || now.isBefore(readAll);
    if (late && (rested || from.equals(Instant.MAX))) {
      restart(start, now, store);
    } else if (!late && start.isAfter(from.plus(SLIDE))) {
      slide(start, store);
    }
    read(now, store);
    List<Turn> all = new ArrayList<>(turns);
    if (condition instanceof Condition.Missing && !lastValue.isAfter(now)) {
      all.add(new Turn(lastValue, Judgement.BAD));
    }
    return all;
  }

  private void restart(Instant start, Instant now, Store store) throws IOException {
    from = Instant.MAX;
    turns.clear();
    lastValue = start;
    Optional<Sample> before = store.asOf(series, start.minusNanos(1));
    before.ifPresent(it -> turn(new Sample(start, it.value(), it.quality())));
    upTo = start;
    count = 0;
    readAll = now;
    from = start;
  }

  /** Forgets what is before an instant, but for what was in force then. */
  private void slide(Instant start, Store store) throws IOException {
    // What comes late meanwhile makes the number wrong, and all is read again.
    count -= store.count(series, new Span(from, start));
    from = start;
    upTo = upTo.isAfter(start) ? upTo : start;
    Judgement inForce = Judgement.NEITHER;
    while (!turns.isEmpty() && turns.getFirst().at().isBefore(start)) {
      inForce = turns.removeFirst().judgement();
    }
    turns.addFirst(new Turn(start, inForce));
    lastValue = lastValue.isBefore(start) ? start : lastValue;
  }

  private void read(Instant now, Store store) throws IOException {
    Instant end = now.plusNanos(1);
    for (Instant at = upTo; at.isBefore(end); ) {
      Instant next = at.plus(SLICE).isBefore(end) ? at.plus(SLICE) : end;
      Column samples = store.range(series, new Span(at, next));
      for (int i = 0; i < samples.size(); i++) {
        turn(samples.get(i));
      }
      if (!samples.isEmpty()) {
        upTo = samples.time(samples.size() - 1).plusNanos(1);
        count += samples.size();
      }
      at = next;
    }
  }

  private void turn(Sample sample) {
    boolean valued = sample.quality() != Quality.MISSING;
    if (condition instanceof Condition.Missing) {
      if (valued) {
        if (!sample.time().isBefore(lastValue.plus(hold))) {
          add(new Turn(lastValue, Judgement.BAD));
          add(new Turn(sample.time(), Judgement.FINE));
        } else if (turns.isEmpty()) {
          add(new Turn(sample.time(), Judgement.FINE));
        }
        lastValue = sample.time();
      }
      return;
    }
    Judgement judgement = valued ? judge(sample.value()) : Judgement.NEITHER;
    if (turns.isEmpty() || turns.getLast().judgement() != judgement) {
      add(new Turn(sample.time(), judgement));
    }
  }

  private Judgement judge(Value value) {
    if (condition instanceof Condition.Beyond beyond && value instanceof Value.Number number) {
      return beyond.limit().judge(number.number());
    }
    if (condition instanceof Condition.Says says && value instanceof Value.Text text) {
      return text.text().equals(says.text()) ? Judgement.BAD : Judgement.FINE;
    }
    return Judgement.NEITHER;
  }

  /** Of a signal that flutters the oldest turns go. */
  private void add(Turn turn) {
    turns.add(turn);
    if (turns.size() > MOST) {
      turns.removeFirst();
    }
  }
}
