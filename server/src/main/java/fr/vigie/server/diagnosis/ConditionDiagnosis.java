package fr.vigie.server.diagnosis;

import fr.vigie.column.Column;
import fr.vigie.condition.Drift;
import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Mean;
import fr.vigie.condition.Trend;
import fr.vigie.server.plant.Instruments.DriftWatch;
import fr.vigie.server.plant.Instruments.Watched;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What signals say of machines' condition, read from the store and judged by the condition engine.
 * Safe for use by several threads.
 */
@Component
public class ConditionDiagnosis {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** No sensor says more, and of more squares and sums may leave what numbers can say. */
  private static final double LARGEST = 1e100;

  private final Diagnosis diagnosis;
  private final Store store;
  private final InstantSource clock;

  public ConditionDiagnosis(Diagnosis diagnosis, Store store, InstantSource clock) {
    this.diagnosis = diagnosis;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Each watched signal over a span, cut at now when it ends later.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when more samples would have to be read than a question may take
   * @throws IllegalArgumentException when a signal is not of numbers
   */
  public List<WatchedReckoning> condition(Machine machine, Span asked) throws IOException {
    Span span = Diagnosis.upTo(asked, clock.instant());
    List<Series> all =
        machine.instruments().watched().stream().map(it -> machine.series(it.signal())).toList();
    diagnosis.check(all, span);
    List<WatchedReckoning> reckonings = new ArrayList<>();
    for (Watched watched : machine.instruments().watched()) {
      reckonings.add(reckon(machine.series(watched.signal()), watched, span));
    }
    return reckonings;
  }

  private WatchedReckoning reckon(Series series, Watched watched, Span span) throws IOException {
    Column samples = WrongSort.checked(series, diagnosis.column(series, span), false);
    HoldOff.Step alarm = watched.holdOff().follow(watched.limits(), samples, span.end());
    boolean days = span.length().dividedBy(DAY) > Trend.FEWEST;
    List<Mean> means = means(series, span, days ? DAY : HOUR);
    Optional<Drift> drift = Optional.empty();
    if (watched.drift().isPresent()) {
      DriftWatch watch = watched.drift().get();
      Instant since = watch.since().isBefore(span.end()) ? watch.since() : span.end();
      drift =
          Optional.of(
              Drift.of(
                  watch.rule(), means(series, new Span(since, span.end()), watch.rule().block())));
    }
    return new WatchedReckoning(
        watched, store.asOf(series, span.end()), alarm, drift, means, Trend.of(means));
  }

  /**
   * Of whole blocks within a span that have a mean that can be, by the length of a block from 1970
   * on.
   */
  private List<Mean> means(Series series, Span span, Duration block) throws IOException {
    long width = block.toNanos();
    long start = -Math.floorDiv(-Nanos.of(span.start()), width) * width;
    long end = Math.floorDiv(Nanos.of(span.end()), width) * width;
    if (end <= start) {
      return List.of();
    }
    Span whole = new Span(Nanos.instant(start), Nanos.instant(end));
    return store.windows(series, whole, block).stream()
        .filter(window -> Math.abs(window.mean()) <= LARGEST)
        .map(window -> new Mean(window.span().end(), window.mean()))
        .toList();
  }
}
