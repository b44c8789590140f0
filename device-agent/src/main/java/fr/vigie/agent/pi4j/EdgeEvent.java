package fr.vigie.agent.pi4j;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;

/** A change of an input, with what the kernel knows of it. */
public final class EdgeEvent extends DigitalStateChangeEvent<DigitalInput> {
  private final long nanos;
  private final long missed;

  EdgeEvent(DigitalInput input, boolean active, long nanos, long missed) {
    super(input, DigitalState.getState(active));
    this.nanos = nanos;
    this.missed = missed;
  }

  /** When the change began, in nanoseconds of the monotonic clock, {@link System#nanoTime()}. */
  public long nanos() {
    return nanos;
  }

  /** Edges since the last event that the kernel saw and could not keep. */
  public long missed() {
    return missed;
  }
}
