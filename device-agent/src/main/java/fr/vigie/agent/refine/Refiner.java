package fr.vigie.agent.refine;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Carries out a signal's {@link Refinement}. For one thread. */
public final class Refiner {
  private final Signal signal;
  private final Optional<Deadband> deadband;

  public Refiner(Signal signal, Refinement refinement) {
    this.signal = signal;
    this.deadband = refinement.deadband().map(band -> new Deadband(band, refinement.silence()));
  }

  /** The signals that leave. */
  public List<Signal> gives() {
    return List.of(signal);
  }

  /** Takes a reading, and hands over what leaves of it. */
  public void accept(Sample reading, BiConsumer<Signal, Sample> out) {
    if (deadband.isEmpty() || deadband.get().passes(reading)) {
      out.accept(signal, reading);
    }
  }
}
