package fr.vigie.agent.driver;

import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Names;
import fr.vigie.signal.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that a device measures, by a name, kind and unit that the driver fixes.
 *
 * @param unit UCUM symbol
 */
public record Quantity(String name, Kind kind, String unit) {
  private static final String NAME =
      "1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit";

  public static Quantity gauge(String name, String unit) {
    return new Quantity(name, Kind.GAUGE, unit);
  }

  public static Quantity counter(String name, String unit) {
    return new Quantity(name, Kind.COUNTER, unit);
  }

  public static Quantity state(String name) {
    return new Quantity(name, Kind.STATE, "");
  }

  public static Quantity event(String name) {
    return new Quantity(name, Kind.EVENT, "");
  }

  Signal as(String machine, String name) {
    return new Signal(machine, name, kind, unit);
  }

  /** Notes what is wrong with the signals that a configuration names. */
  public static void check(
      Mistakes mistakes,
      List<Quantity> quantities,
      String machine,
      Map<String, Measured> configured) {
    checkNames(mistakes, machine, configured, Measured::from);
    Map<String, Quantity> known = new TreeMap<>();
    quantities.forEach(quantity -> known.put(quantity.name, quantity));
    configured.forEach(
        (name, signal) -> {
          Optional<Quantity> quantity = Optional.ofNullable(known.get(signal.from().orElse(name)));
          String key = "signals." + name + (signal.from().isPresent() ? ".from" : "");
          mistakes.unless(
              quantity.isPresent(),
              key,
              "'" + signal.from().orElse(name) + "'",
              "one of " + known.keySet().stream().collect(Collectors.joining(", ")));
          quantity.ifPresent(
              it -> signal.refine().check(it.kind, mistakes, "signals." + name + '.'));
        });
  }

  /** Notes what is wrong with the name of a machine and the names of its signals. */
  public static <S> void checkNames(
      Mistakes mistakes,
      String machine,
      Map<String, S> signals,
      Function<S, Optional<String>> from) {
    mistakes.unless(Names.isName(machine), "machine", "'" + machine + "'", NAME);
    Map<String, String> taken = new HashMap<>();
    signals.forEach(
        (name, signal) -> {
          String key = from.apply(signal).orElse(name);
          String other = taken.putIfAbsent(key, name);
          mistakes
              .unless(Names.isName(name), "signals." + name, "'" + name + "'", NAME)
              .unless(
                  other == null,
                  "signals." + name,
                  "the key '" + key + "', which signal '" + other + "' takes",
                  "a key of its own");
        });
  }
}
