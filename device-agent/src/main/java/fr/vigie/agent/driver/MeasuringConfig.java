package fr.vigie.agent.driver;

import fr.vigie.agent.refine.Refinement;
import fr.vigie.signal.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sensor's configuration when the driver knows what the device measures: the signals are chosen
 * among its quantities. A constructor checks them by {@link Quantity#check}.
 */
public interface MeasuringConfig extends DriverConfig {
  /** The machine that the signals belong to. */
  String machine();

  /** Those that are wanted, by name; when there are none, every quantity by its own name. */
  Map<String, Measured> signals();

  /** All that the device measures. */
  List<Quantity> quantities();

  /** The signals that are wanted, by the name of the quantity. */
  default Map<String, Signal> signalsByQuantity() {
    Map<String, Signal> signals = new LinkedHashMap<>();
    for (Quantity quantity : quantities()) {
      if (signals().isEmpty()) {
        signals.put(quantity.name(), quantity.as(machine(), quantity.name()));
      }
      signals()
          .forEach(
              (name, signal) -> {
                if (signal.from().orElse(name).equals(quantity.name())) {
                  signals.put(quantity.name(), quantity.as(machine(), name));
                }
              });
    }
    return signals;
  }

  @Override
  default List<Signal> describe() {
    return List.copyOf(signalsByQuantity().values());
  }

  @Override
  default Map<String, Refinement> refinements() {
    return Refinement.each(signals(), Measured::refine);
  }
}
