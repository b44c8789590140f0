package fr.vigie.server.diagnosis;

import fr.vigie.calendar.Shift;
import fr.vigie.column.Column;
import fr.vigie.production.CycleTime;
import fr.vigie.production.Figures;
import fr.vigie.production.Production;
import fr.vigie.reason.Reasons;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Figures of any span of a machine, read from the store and made by the production engine. Those of
 * spans that are over are kept until something arrives that touches them. Safe for use by several
 * threads.
 */
@Component
public class Diagnosis {
  /** What is shown of a machine that has no shift now. */
  public static final Duration OUTSIDE_SHIFTS = Duration.ofHours(8);

  private static final long MOST_SAMPLES = 3_000_000;

  /** How far around its span a month is read at most to tell whether it is up to date. */
  private static final Duration AROUND = Duration.ofDays(7);

  private final Store store;
  private final Presence presence;
  private final Entries entries;
  private final Holes holes;
  private final InstantSource clock;
  private final ShiftCache<Reckoning> reckonings = new ShiftCache<>();
  private final ShiftCache<List<ShiftTimes>> shiftTimes = new ShiftCache<>();
  private final Map<String, Watch> watches = new ConcurrentHashMap<>();

  public Diagnosis(Store store, Presence presence, Entries entries, InstantSource clock) {
    this.store = store;
    this.presence = presence;
    this.entries = entries;
    this.holes = new Holes(store, presence);
    this.clock = clock;
  }

  /** From the start of the shift that is on to now, or the last hours when none is. */
  public Span current(Machine machine) {
    Instant now = clock.instant();
    Instant start =
        shiftAt(machine, now).map(shift -> shift.span().start()).orElse(now.minus(OUTSIDE_SHIFTS));
    return new Span(start, now);
  }

  static Optional<Shift> shiftAt(Machine machine, Instant instant) {
    return machine.rules().calendar().flatMap(calendar -> calendar.shiftAt(instant));
  }

  /**
   * The figures of a span and what of it was seen, cut at now when it ends later.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when more samples would have to be read than a question may take
   * @throws IllegalArgumentException when the signals are not of the sort that the machine's
   *     description says
   */
  public Reckoning reckon(Machine machine, Span asked) throws IOException {
    Span span = upTo(asked, clock.instant());
    return kept(
        reckonings,
        machine,
        span,
        read -> holes.of(machine, read),
        known ->
            known.seen.reckon(
                known.production, machine, span, Told.stops(known.reasons, known.raw, span)));
  }

  /**
   * The times of every shift that shares time with a span, cut to it and at now, in order of time.
   * Signals are read a month at a time, and a month that is over is kept until something arrives
   * that touches it.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when a month holds more samples than a question may take
   * @throws IllegalArgumentException as {@link #reckon}
   */
  public List<ShiftTimes> shifts(Machine machine, Span asked) throws IOException {
    Span span = upTo(asked, clock.instant());
    Map<YearMonth, List<ShiftTimes.Part>> months = new TreeMap<>();
    for (ShiftTimes.Part part : ShiftTimes.parts(machine, span)) {
      months.computeIfAbsent(part.month(), month -> new ArrayList<>()).add(part);
    }
    List<Hole> all =
        holes.of(machine, new Span(span.start().minus(AROUND), span.end().plus(AROUND)));
    List<ShiftTimes> shifts = new ArrayList<>();
    for (List<ShiftTimes.Part> parts : months.values()) {
      Span month = new Span(parts.get(0).span().start(), parts.get(parts.size() - 1).span().end());
      shifts.addAll(
          kept(
              shiftTimes,
              machine,
              month,
              read -> all.stream().flatMap(hole -> hole.within(read).stream()).toList(),
              known -> parts.stream().map(part -> part.times(known.production, machine)).toList()));
    }
    return shifts;
  }

  /** What is known to be missing from what is read. */
  private interface Missing {
    List<Hole> within(Span read) throws IOException;
  }

  /**
   * What is known of a machine over all that was read.
   *
   * @param raw knows no reasons
   */
  private record Known(Reading.Seen seen, Production raw, Reasons reasons, Production production) {}

  private <T> T kept(
      ShiftCache<T> cache, Machine machine, Span span, Missing missing, Function<Known, T> making)
      throws IOException {
    Instant now = clock.instant();
    Optional<ShiftCache.Entry<T>> known = cache.find(machine, span);
    if (known.isPresent() && isUpToDate(machine, known.get().version(), missing)) {
      return known.get().made();
    }
    long revision = entries.revision(machine);
    Told told = Told.of(entries, machine);
    Span read = Reading.span(machine, span, told, now);
    check(Reading.withReasons(machine), read);
    Read all = read(machine, read, revision, missing);
    Span wider = Reading.whole(machine, all.raw, span, read, now);
    while (!wider.equals(read) && samples(Reading.withReasons(machine), wider) <= MOST_SAMPLES) {
      read = wider;
      all = read(machine, read, revision, missing);
      wider = Reading.whole(machine, all.raw, span, read, now);
    }
    Reasons reasons = told.reasons(machine, all.raw, all.seen, read);
    Production production = Told.production(machine, all.raw, all.seen, reasons);
    T made = making.apply(new Known(all.seen, all.raw, reasons, production));
    if (read.end().isBefore(now)) {
      cache.keep(machine, span, new ShiftCache.Entry<>(made, all.version));
    }
    return made;
  }

  /**
   * @param raw knows no reasons
   */
  private record Read(ShiftCache.Version version, Reading.Seen seen, Production raw) {}

  private Read read(Machine machine, Span read, long revision, Missing missing) throws IOException {
    ShiftCache.Version version = version(machine, read, inForce(machine, read), revision, missing);
    Reading.Seen seen = seen(machine, read);
    return new Read(version, seen, Production.of(machine.rules(), seen.inputs()));
  }

  private boolean isUpToDate(Machine machine, ShiftCache.Version known, Missing missing)
      throws IOException {
    long revision = entries.revision(machine);
    return known.equals(version(machine, known.read(), known.inForce(), revision, missing));
  }

  /**
   * How long each part took, in the order of time.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when more samples would have to be read than a question may take
   * @throws IllegalArgumentException when the signals are not of the sort that the machine's
   *     description says
   */
  public List<CycleTime> cycleTimes(Machine machine, Span asked) throws IOException {
    Span span = upTo(asked, clock.instant());
    Span read = new Span(span.start().minus(Reading.lead(machine)), span.end());
    check(Reading.series(machine), read);
    return Production.of(machine.rules(), seen(machine, read).inputs()).cycleTimes(span);
  }

  private Reading.Seen seen(Machine machine, Span read) throws IOException {
    return Reading.inputs(
        machine, signal -> column(machine.series(signal), read), read, holes, entries);
  }

  /** {@link #reckon} without the coverage. */
  public Figures figures(Machine machine, Span asked) throws IOException {
    return reckon(machine, asked).figures();
  }

  /**
   * What of one signal was seen in a span, cut at now when it ends later. Before its first sample
   * nothing was.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when more samples would have to be read than a question may take
   */
  public Coverage coverage(Series series, Span asked) throws IOException {
    Span span = upTo(asked, clock.instant());
    check(List.of(series), span);
    Column samples = column(series, span);
    List<Hole> all = new ArrayList<>(holes.of(series, span));
    all.addAll(Holes.told(series.signal(), samples, span));
    Instant first = samples.isEmpty() ? span.end() : samples.time(0);
    List<Span> before =
        first.isAfter(span.start()) ? List.of(new Span(span.start(), first)) : List.of();
    return Coverage.of(span, all).with(before, HoleReason.NO_VALUE, series.signal());
  }

  /**
   * When a signal was not observed, as records tell of it; no sample is read.
   *
   * @throws IOException when the store cannot be read
   */
  public List<Hole> holes(Series series, Span span) throws IOException {
    return holes.of(series, span);
  }

  /** From the sample of each series that is in force at the start; 1970 when it has none yet. */
  private List<Span> inForce(Machine machine, Span read) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (Series series : Reading.withReasons(machine)) {
      Optional<Sample> before = store.asOf(series, read.start().minusNanos(1));
      spans.add(new Span(before.map(Sample::time).orElse(Instant.EPOCH), read.end()));
    }
    return spans;
  }

  private ShiftCache.Version version(
      Machine machine, Span read, List<Span> inForce, long revision, Missing missing)
      throws IOException {
    List<Series> all = Reading.withReasons(machine);
    List<Long> samples = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      samples.add(store.version(all.get(i), inForce.get(i)));
    }
    return new ShiftCache.Version(read, inForce, samples, missing.within(read), revision);
  }

  /**
   * The machine as it is now. Asking again is cheap: only what came since is read.
   *
   * @throws IOException when the store cannot be read
   * @throws IllegalArgumentException when the signals are not of the sort that the machine's
   *     description says
   */
  public Snapshot now(Machine machine) throws IOException {
    Watch watch =
        watches.compute(
            machine.name(),
            (name, known) ->
                known != null && known.machine().equals(machine)
                    ? known
                    : new Watch(machine, store, presence, entries));
    synchronized (watch) {
      return watch.at(clock.instant());
    }
  }

  /** The samples of a span, led by the last one before it. */
  Column column(Series series, Span read) throws IOException {
    Optional<Sample> before = store.asOf(series, read.start().minusNanos(1));
    Column column = store.range(series, read);
    return before.map(column::ledBy).orElse(column);
  }

  void check(List<Series> all, Span read) throws IOException {
    long samples = samples(all, read);
    if (samples > MOST_SAMPLES) {
      throw new TooMuch(samples, MOST_SAMPLES);
    }
  }

  private long samples(List<Series> all, Span read) throws IOException {
    long samples = 0;
    for (Series series : all) {
      samples += store.count(series, read);
    }
    return samples;
  }

  static Span upTo(Span asked, Instant now) {
    if (asked.end().isAfter(now)) {
      return new Span(asked.start().isBefore(now) ? asked.start() : now, now);
    }
    return asked;
  }
}
