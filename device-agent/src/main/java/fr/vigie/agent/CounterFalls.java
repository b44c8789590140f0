package fr.vigie.agent;

import fr.vigie.agent.driver.Finding;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How often a sensor's counters fell, as they do when they are reset. For one thread. */
final class CounterFalls {
  private final Map<Signal, Double> last = new HashMap<>();
  private long falls;
  private String newest = "";

  void watch(Signal signal, Sample sample) {
    if (signal.kind() == Kind.COUNTER && sample.value() instanceof Value.Number number) {
      Double before = last.put(signal, number.number());
      if (before != null && number.number() < before) {
        falls++;
        newest = signal.name() + " from " + plain(before) + " to " + plain(number.number());
      }
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Empty when none fell. */
  Optional<Finding> finding() {
    return falls == 0
        ? Optional.empty()
        : Optional.of(
            Finding.look(
                String.format(
                    Locale.ROOT,
                    "a counter fell %,d times since the start, at last %s: was it reset or its"
                        + " device switched off, or does it roll over (then set `modulus`)?",
                    falls,
                    newest)));
  }
}
