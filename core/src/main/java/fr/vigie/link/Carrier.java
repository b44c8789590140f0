package fr.vigie.link;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Loss;

/** Takes what drivers read. Any thread may hand over. */
public interface Carrier {
  /**
   * @throws IllegalArgumentException when the signal was not described
   */
  void accept(Signal signal, Sample sample);

  /** A sample that carries a moment, with its date as far as that is known; another as it is. */
  Sample dated(Sample sample);

  /** Declares a hole; the declaration is kept like a sample. */
  void lost(Loss loss);

  /** Remembers, with what was accepted before, how far a device's own sequence has come. */
  void mark(String sensor, long deviceSequence);

  /** Tells that a driver has handed over all that it read in one step. */
  void handedOver();
}
