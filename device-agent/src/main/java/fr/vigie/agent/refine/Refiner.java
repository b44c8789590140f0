package fr.vigie.agent.refine;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Carries out a signal's {@link Refinement}. Knows no clock but the times of the samples: between
 * two of them their time goes on as the monotonic one does. For one thread.
 */
public final class Refiner {
  private final Stage first;
  private final boolean plain;
  private Instant last = Instant.EPOCH;
  private long lastNanos;
  private boolean begun;

  /**
   * @param out takes the {@linkplain Refinement#gives signals that leave}
   */
  public Refiner(
      Signal signal, Refinement refinement, Notebook notebook, BiConsumer<Signal, Sample> out) {
    List<Stage> ends = new ArrayList<>();
    refinement
        .windows()
        .window()
        .ifPresent(
            width -> {
              Map<Statistic, Consumer<Sample>> give = new EnumMap<>(Statistic.class);
              for (Statistic statistic : refinement.windows().give()) {
                Signal figure = Refinement.figure(signal, statistic);
                give.put(statistic, sample -> out.accept(figure, sample));
              }
              ends.add(new Window(width, refinement.windows().weighBy(), give));
            });
    if (refinement.rateRule().rate().isPresent()) {
      Signal rate = refinement.rate(signal);
      ends.add(new CounterRate(refinement.rateRule(), sample -> out.accept(rate, sample)));
    }
    refinement
        .states()
        .ifPresent(
            rule -> {
              Signal state = Refinement.state(signal);
              ends.add(new Levels(signal, rule, notebook, sample -> out.accept(state, sample)));
            });
    if (refinement.raw()) {
      ends.add(thinned(refinement, sample -> out.accept(signal, sample)));
    }
    Stage stage = ends.size() == 1 ? ends.get(0) : new Fork(ends);
    stage = refinement.filter().isPresent() ? refinement.filter().get().before(stage) : stage;
    this.first =
        refinement.calibrate().isPresent()
            ? new Calibrated(refinement.calibrate().get(), stage)
            : stage;
    this.plain = first instanceof End && refinement.deadband().isEmpty();
  }

  private static Stage thinned(Refinement refinement, Consumer<Sample> leave) {
    Stage end = new End(leave);
    if (refinement.swingingDoor().isPresent()) {
      return new SwingingDoor(
          refinement.swingingDoor().get(), refinement.silence().orElseThrow(), end);
    }
    if (refinement.deadband().isPresent()) {
      return new End(new Deadband(refinement.deadband().get(), refinement.silence()).before(leave));
    }
    return end;
  }

  /**
   * Takes a reading, and hands over what leaves of it and of those before.
   *
   * @param nanos the monotonic time of its arrival
   */
  public void accept(Sample reading, long nanos) {
    last = reading.time();
    lastNanos = nanos;
    begun = true;
    first.accept(reading);
  }

  /** Whether readings leave as they are and at once. */
  public boolean isPlain() {
    return plain;
  }

  /** Hands over what time alone lets go; to be called a few times a second. */
  public void step(long nanos) {
    if (begun) {
      first.step(last.plusNanos(nanos - lastNanos));
    }
  }

  /** Hands over what is held back; what is read next begins anew. */
  public void close() {
    first.close();
    begun = false;
  }

  /** Where the samples of a signal leave. */
  private record End(Consumer<Sample> leave) implements Stage {
    @Override
    public void accept(Sample sample) {
      leave.accept(sample);
    }

    @Override
    public void step(Instant present) {}

    @Override
    public void close() {}
  }

  private record Calibrated(Calibration calibration, Stage next) implements Stage {
    @Override
    public void accept(Sample sample) {
      next.accept(calibration.apply(sample));
    }

    @Override
    public void step(Instant present) {
      next.step(present);
    }

    @Override
    public void close() {
      next.close();
    }
  }

  private record Fork(List<Stage> ways) implements Stage {
    @Override
    public void accept(Sample sample) {
      for (Stage way : ways) {
        way.accept(sample);
      }
    }

    @Override
    public void step(Instant present) {
      for (Stage way : ways) {
        way.step(present);
      }
    }

    @Override
    public void close() {
      for (Stage way : ways) {
        way.close();
      }
    }
  }
}
