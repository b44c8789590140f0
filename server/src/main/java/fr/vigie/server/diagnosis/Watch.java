package fr.vigie.server.diagnosis;

import fr.vigie.calendar.Shift;
import fr.vigie.column.Column;
import fr.vigie.production.Figures;
import fr.vigie.production.PartsRule;
import fr.vigie.production.Period;
import fr.vigie.production.Production;
import fr.vigie.reason.Reasons;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Follows one machine as it is now. Samples are read once and then topped up, so that asking every
 * second is cheap. For one thread at a time.
 */
final class Watch {
  /** With more than so many, the reason of a stop that is older is left to whoever asks for it. */
  private static final long MOST_SAMPLES = 300_000;

  private static final Duration SPEED_OVER = Duration.ofMinutes(15);

  private final Machine machine;
  private final Store store;
  private final Presence presence;
  private final Holes holes;
  private final Entries entries;
  private final Map<Series, Tail> tails = new HashMap<>();

  /** Where reading would start by itself, and where it has to start to see stops whole. */
  private Instant usual = Instant.MAX;

  private Instant reach = Instant.MAX;

  Watch(Machine machine, Store store, Presence presence, Entries entries) {
    this.machine = machine;
    this.store = store;
    this.presence = presence;
    this.holes = new Holes(store, presence);
    this.entries = entries;
    machine.series().forEach(series -> tails.put(series, new Tail(series)));
  }

  Machine machine() {
    return machine;
  }

  /**
   * @throws IOException when the store cannot be read
   * @throws IllegalArgumentException when the signals are not of the sort that the machine's
   *     description says
   */
  Snapshot at(Instant now) throws IOException {
    Optional<Shift> shift = Diagnosis.shiftAt(machine, now);
    Instant start = shift.map(on -> on.span().start()).orElse(now.minus(Diagnosis.OUTSIDE_SHIFTS));
    Instant readFrom =
        shift.isPresent()
            ? start.minus(Reading.lead(machine))
            : hour(start.minus(Reading.lead(machine)));
    Span span = new Span(start, now);
    Told told = Told.of(entries, machine);
    if (!readFrom.equals(usual)) {
      usual = readFrom;
      reach = readFrom;
    }
    Instant said = told.journal().neededFrom(span);
    Span read = new Span(said.isBefore(reach) ? said : reach, now);
    Map<String, Column> columns = columns(read.start(), now);
    Reading.Seen seen = seen(columns, read);
    Production raw = Production.of(machine.rules(), seen.inputs());
    Span wider = Reading.whole(machine, raw, span, read, now);
    while (!wider.equals(read) && samples(columns) <= MOST_SAMPLES) {
      read = wider;
      reach = read.start();
      columns = columns(read.start(), now);
      seen = seen(columns, read);
      raw = Production.of(machine.rules(), seen.inputs());
      wider = Reading.whole(machine, raw, span, read, now);
    }
    Optional<Instant> last = lastSample(columns, now);
    Reasons reasons = told.reasons(machine, raw, seen, read);
    Production production = Told.production(machine, raw, seen, reasons);
    Reckoning reckoning = seen.reckon(production, machine, span, Told.stops(reasons, raw, span));
    return new Snapshot(
        machine,
        now,
        shift,
        doing(production, seen.inputs().state(), last, now),
        pace(production, columns, now),
        reckoning.figures(),
        reckoning.coverage());
  }

  private static long samples(Map<String, Column> columns) {
    return columns.values().stream().mapToLong(Column::size).sum();
  }

  private Map<String, Column> columns(Instant from, Instant now) throws IOException {
    Map<String, Column> columns = new HashMap<>();
    for (Series series : machine.series()) {
      columns.put(
          series.signal(), Objects.requireNonNull(tails.get(series)).since(from, now, store));
    }
    return columns;
  }

  private Reading.Seen seen(Map<String, Column> columns, Span read) throws IOException {
    return Reading.inputs(
        machine, signal -> Objects.requireNonNull(columns.get(signal)), read, holes, entries);
  }

  private Snapshot.Doing doing(
      Production production, Column state, Optional<Instant> last, Instant now) {
    Instant first = state.isEmpty() ? now : state.time(0);
    Instant from = first.isBefore(now) ? first : now.minusNanos(1);
    List<Period> periods = production.figures(new Span(from, now)).timeline().periods();
    Period current = periods.get(periods.size() - 1);
    return new Snapshot.Doing(
        current.state(),
        current.span().start(),
        lastUpTo(state, now),
        last,
        presence.watcher(machine));
  }

  private Snapshot.Pace pace(Production production, Map<String, Column> columns, Instant now) {
    OptionalDouble reference =
        machine
            .rules()
            .referenceCycle()
            .map(tcr -> OptionalDouble.of(tcr.parts() * 3.6e12 / tcr.time().toNanos()))
            .orElse(OptionalDouble.empty());
    Optional<String> signal = machine.signals().speed();
    if (signal.isPresent()) {
      Optional<Sample> sample =
          Optional.ofNullable(columns.get(signal.get())).flatMap(column -> lastUpTo(column, now));
      return new Snapshot.Pace(
          sample.map(Watch::number).orElse(OptionalDouble.empty()), true, reference);
    }
    if (machine.rules().parts() instanceof PartsRule.None) {
      return new Snapshot.Pace(OptionalDouble.empty(), false, reference);
    }
    Figures lately = production.figures(new Span(now.minus(SPEED_OVER), now));
    double hours = SPEED_OVER.toSeconds() / 3600.0;
    return new Snapshot.Pace(OptionalDouble.of(lately.parts() / hours), false, reference);
  }

  private static OptionalDouble number(Sample sample) {
    return sample.value() instanceof Value.Number number
        ? OptionalDouble.of(number.number())
        : OptionalDouble.empty();
  }

  private static Optional<Sample> lastUpTo(Column column, Instant now) {
    for (int i = column.size() - 1; i >= 0; i--) {
      if (!column.time(i).isAfter(now)) {
        return Optional.of(column.get(i));
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> lastSample(Map<String, Column> columns, Instant now) {
    return columns.values().stream()
        .map(column -> lastUpTo(column, now))
        .flatMap(Optional::stream)
        .map(Sample::time)
        .max(Instant::compareTo);
  }

  /** The hour before, so that reading does not start anew at each question. */
  private static Instant hour(Instant instant) {
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), 3600L) * 3600L);
  }
}
