package fr.vigie.agent.driver;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Loss;

/** Takes what a driver reads. */
public interface Sink {
  void accept(Signal signal, Sample sample);

  /** Declares readings that the device made and nobody heard. */
  void lost(Loss loss);

  /**
   * Tells that every sample up to this number of the device's own sequence was handed over; it is
   * kept with them, and comes back as {@link DriverContext#lastDeviceSequence()}.
   */
  void mark(long deviceSequence);
}
