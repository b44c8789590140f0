package fr.vigie.agent;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.util.function.Consumer;

/**
 * A signal whose samples the program around an agent gives itself, without a driver. Any thread may
 * give them, and none waits: they lie in a bounded queue until the courier takes them, some tens of
 * milliseconds later. What finds it full is declared lost. After the agent's end they are left out,
 * as of a time without an agent.
 */
public final class OwnSignal implements Consumer<Sample> {
  private final Signal signal;
  private final OwnSignals owner;

  OwnSignal(Signal signal, OwnSignals owner) {
    this.signal = signal;
    this.owner = owner;
  }

  public Signal signal() {
    return signal;
  }

  /**
   * A value of now.
   *
   * @throws IllegalArgumentException when it is not finite, or the signal holds texts
   */
  public void accept(double number) {
    accept(Sample.good(owner.now(), number));
  }

  /**
   * A value of now.
   *
   * @throws IllegalArgumentException when the signal holds numbers
   */
  public void accept(String text) {
    accept(Sample.good(owner.now(), text));
  }

  /** There is no value now. */
  public void missing() {
    accept(Sample.missing(owner.now()));
  }

  /**
   * A sample with a time of its own: a date, or a moment of {@link Agent#clock()}.
   *
   * @throws IllegalArgumentException when it holds a text and the signal numbers, or the reverse
   */
  @Override
  public void accept(Sample sample) {
    owner.give(signal, sample);
  }
}
