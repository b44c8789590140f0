package fr.vigie.agent.driver;

import fr.vigie.agent.refine.Refinement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signals as a configuration names them. */
public final class Measures {
  private Measures() {}

  /** Quantities by their own names; none for all of them. */
  public static Map<String, Measured> of(String... quantities) {
    Map<String, Measured> signals = new LinkedHashMap<>();
    for (String quantity : quantities) {
      signals.put(quantity, new Measured(Optional.empty(), Refinement.NONE));
    }
    return signals;
  }
}
