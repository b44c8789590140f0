package fr.vigie.server.diagnosis;

import fr.vigie.column.Column;
import fr.vigie.production.Figures;
import fr.vigie.production.Inputs;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.Period;
import fr.vigie.production.Production;
import fr.vigie.production.StateRule;
import fr.vigie.production.Stop;
import fr.vigie.reason.AutomaticRule;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns columns of a machine's series into the engine's inputs. */
final class Reading {
  private static final Duration LEAD = Duration.ofHours(2);
  private static final Duration LEAD_OF_CYCLES = Duration.ofHours(24);
  private static final Duration LONGEST_STOP = Duration.ofDays(7);

  private Reading() {}

  /** Reads the samples of a signal, led by the last one before them. */
  interface Source {
    Column column(String signal) throws IOException;
  }

  /** What the machine's figures are made from: not its speed, which is only shown. */
  static List<Series> series(Machine machine) {
    List<Series> series = new ArrayList<>();
    series.add(machine.series(machine.signals().state()));
    machine.signals().parts().map(machine::series).ifPresent(series::add);
    if (!(machine.rules().scrap() instanceof PartsRule.None)) {
      machine.signals().scrap().map(machine::series).ifPresent(series::add);
    }
    return series;
  }

  /** What the machine's figures and the reasons of its stops are made from. */
  static List<Series> withReasons(Machine machine) {
    return Stream.concat(series(machine).stream(), machine.reasonSeries().stream())
        .distinct()
        .toList();
  }

  /** How long before a span reading starts, so that cycles and stops on its border are whole. */
  static Duration lead(Machine machine) {
    return machine.rules().cycle().isPresent() ? LEAD_OF_CYCLES : LEAD;
  }

  /** How long after a span reading ends, so that what is pending at its end is decided. */
  static Duration trail(Machine machine) {
    return machine
        .rules()
        .microStop()
        .plus(machine.rules().state().dwell())
        .plus(longest(machine, AutomaticRule::lasting));
  }

  /** What has to be read for the figures of a span and for what was said in it. */
  static Span span(Machine machine, Span span, Told told, Instant now) {
    Instant lead = span.start().minus(lead(machine));
    Instant said = told.journal().neededFrom(span);
    Instant decided = span.end().plus(trail(machine));
    return new Span(said.isBefore(lead) ? said : lead, decided.isBefore(now) ? decided : now);
  }

  /**
   * What has to be read so that rules see the stops at both ends of a span whole, for a reason
   * holds for all of a stop, in each of the shifts that it crosses; at most a week on each side.
   *
   * @return {@code read} when that is enough
   */
  static Span whole(Machine machine, Production raw, Span span, Span read, Instant now) {
    if (machine.rules().reasons().isEmpty()) {
      return read;
    }
    Duration before =
        longest(machine, AutomaticRule::before).plus(longest(machine, AutomaticRule::lasting));
    Instant start = read.start();
    Instant end = read.end();
    for (Stop stop : raw.stops(span)) {
      if (!stop.whole().start().minus(before).isAfter(read.start())) {
        start = earlier(start, read.start().minus(read.length()));
      }
      if (!stop.whole().end().isBefore(read.end())) {
        end = read.end().plus(read.length());
      }
    }
    Instant first = earlier(read.start(), span.start().minus(LONGEST_STOP));
    Instant last = earlier(now, span.end().plus(LONGEST_STOP));
    return new Span(start.isBefore(first) ? first : start, earlier(end, last));
  }

  private static Duration longest(Machine machine, Function<AutomaticRule, Duration> length) {
    return machine.rules().reasons().stream()
        .map(length)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Reads all that figures need; the holes last, for reading may find damage. */
  static Seen inputs(Machine machine, Source source, Span read, Holes holes, Entries entries)
      throws IOException {
    List<Hole> all = new ArrayList<>();
    Inputs.Builder inputs = Inputs.until(read.end()).declared(entries.declared(machine, read));
    for (Series series : series(machine)) {
      Column column = source.column(series.signal());
      sorted(machine, series, column);
      for (Hole hole : Holes.told(series.signal(), column, read)) {
        if (hole.reason() == HoleReason.CLOCK_UNSYNCED) {
          all.add(hole);
        }
      }
      String signal = series.signal();
      if (signal.equals(machine.signals().state())) {
        inputs.state(column);
      }
      if (machine.signals().parts().filter(signal::equals).isPresent()) {
        inputs.parts(column);
      }
      if (machine.signals().scrap().filter(signal::equals).isPresent()) {
        inputs.scrap(column);
      }
    }
    Map<String, Column> reasonSignals = new HashMap<>();
    for (Series series : machine.reasonSeries()) {
      reasonSignals.put(series.signal(), source.column(series.signal()));
    }
    for (AutomaticRule rule : machine.rules().reasons()) {
      Column column = Objects.requireNonNull(reasonSignals.get(rule.signal()));
      WrongSort.checked(machine.series(rule.signal()), column, rule.condition().isText());
    }
    all.addAll(holes.of(machine, read));
    return new Seen(inputs.gaps(all.stream().map(Hole::span).toList()).build(), all, reasonSignals);
  }

  private static void sorted(Machine machine, Series series, Column column) {
    String signal = series.signal();
    if (signal.equals(machine.signals().state())) {
      WrongSort.checked(series, column, machine.rules().state() instanceof StateRule.Texts);
    }
    if (machine.rules().parts() instanceof PartsRule.Counter
            && machine.signals().parts().filter(signal::equals).isPresent()
        || machine.rules().scrap() instanceof PartsRule.Counter
            && machine.signals().scrap().filter(signal::equals).isPresent()) {
      WrongSort.checked(series, column, false);
    }
  }

  /** What figures and reasons are made from, and what of it was not seen. */
  record Seen(Inputs inputs, List<Hole> holes, Map<String, Column> reasonSignals) {
    /** Figures of a span, and its coverage: what no hole explains, the machine did not say. */
    Reckoning reckon(Production production, Machine machine, Span span, List<Standstill> stops) {
      Figures figures = production.figures(span);
      List<Span> unobserved =
          figures.timeline().periods().stream()
              .filter(period -> period.state() == MachineState.UNOBSERVED)
              .map(Period::span)
              .toList();
      return new Reckoning(
          figures,
          Coverage.of(span, holes).with(unobserved, HoleReason.NO_VALUE, machine.signals().state()),
          stops);
    }
  }
}
