package fr.vigie.server.diagnosis;

import fr.vigie.column.Column;
import fr.vigie.production.Figures;
import fr.vigie.production.Inputs;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.Period;
import fr.vigie.production.Production;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns columns of a machine's series into the engine's inputs. */
final class Reading {
  private static final Duration LEAD = Duration.ofHours(2);
  private static final Duration LEAD_OF_CYCLES = Duration.ofHours(24);

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

  /** How long before a span reading starts, so that cycles and stops on its border are whole. */
  static Duration lead(Machine machine) {
    return machine.rules().cycle().isPresent() ? LEAD_OF_CYCLES : LEAD;
  }

  /** How long after a span reading ends, so that what is pending at its end is decided. */
  static Duration trail(Machine machine) {
    return machine.rules().microStop().plus(machine.rules().state().dwell());
  }

  /** Reads all that figures need; the holes last, for reading may find damage. */
  static Seen inputs(Machine machine, Source source, Span read, Holes holes, Entries entries)
      throws IOException {
    List<Hole> all = new ArrayList<>();
    Inputs.Builder inputs = Inputs.until(read.end()).declared(entries.declared(machine, read));
    for (Series series : series(machine)) {
      Column column = source.column(series.signal());
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
    all.addAll(holes.of(machine, read));
    return new Seen(inputs.gaps(all.stream().map(Hole::span).toList()).build(), all);
  }

  /** What figures are made from, and what of it was not seen. */
  record Seen(Inputs inputs, List<Hole> holes) {
    /** Figures of a span, and its coverage: what no hole explains, the machine did not say. */
    Reckoning reckon(Production production, Machine machine, Span span) {
      Figures figures = production.figures(span);
      List<Span> unobserved =
          figures.timeline().periods().stream()
              .filter(period -> period.state() == MachineState.UNOBSERVED)
              .map(Period::span)
              .toList();
      return new Reckoning(
          figures,
          Coverage.of(span, holes)
              .with(unobserved, HoleReason.NO_VALUE, machine.signals().state()));
    }
  }
}
