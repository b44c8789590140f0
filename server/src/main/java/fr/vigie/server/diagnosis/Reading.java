package fr.vigie.server.diagnosis;

import fr.vigie.column.Column;
import fr.vigie.production.Inputs;
import fr.vigie.production.PartsRule;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns columns of a machine's series into the engine's inputs. */
final class Reading {
  private static final Duration LEAD = Duration.ofHours(2);
  private static final Duration LEAD_OF_CYCLES = Duration.ofHours(24);

  private Reading() {}

  /** Reads the samples of a signal, led by the last one before them. */
  interface Source {
    Column column(String signal) throws IOException;
  }

  /** How long before a span reading starts, so that cycles and stops on its border are whole. */
  static Duration lead(Machine machine) {
    return machine.rules().cycle().isPresent() ? LEAD_OF_CYCLES : LEAD;
  }

  /** How long after a span reading ends, so that what is pending at its end is decided. */
  static Duration trail(Machine machine) {
    return machine.rules().microStop().plus(machine.rules().state().dwell());
  }

  static Inputs inputs(Machine machine, Source source, Instant until, List<Span> gaps)
      throws IOException {
    Inputs.Builder inputs = Inputs.until(until).gaps(gaps);
    inputs.state(source.column(machine.signals().state()));
    Optional<String> parts = machine.signals().parts();
    if (parts.isPresent()) {
      inputs.parts(source.column(parts.get()));
    }
    Optional<String> scrap = machine.signals().scrap();
    if (scrap.isPresent() && !(machine.rules().scrap() instanceof PartsRule.None)) {
      inputs.scrap(source.column(scrap.get()));
    }
    return inputs.build();
  }
}
