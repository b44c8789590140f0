package fr.vigie.agent.config;

import fr.vigie.agent.driver.Place;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sensors of one agent, which must not hinder each other nor give the same signal. */
final class Neighbours {
  private final Map<String, Place> occupied = new HashMap<>();
  private final Map<String, String> described = new HashMap<>();

  /** Takes one more sensor, and notes what of it does not go with those before it. */
  void add(AgentConfig.Sensor sensor, Mistakes mistakes) {
    String path = "sensors." + sensor.name();
    Place place = sensor.driver().place();
    occupied.forEach(
        (other, theirs) ->
            mistakes.unless(
                !place.hinders(theirs),
                path,
                place + ", which sensor '" + other + "' uses",
                wanted(place, theirs)));
    occupied.put(sensor.name(), place);
    for (Signal signal : signals(sensor, path, mistakes)) {
      String key = path + ".signals." + signal.name();
      String name = signal.machine() + '/' + signal.name();
      mistakes.unless(
          !signal.name().startsWith("agent."),
          key,
          "'" + signal.name() + "'",
          "a name that does not begin with 'agent.', as the agent's own do");
      String first = described.putIfAbsent(name, sensor.name());
      mistakes.unless(
          first == null,
          key,
          name + ", which sensor '" + first + "' gives",
          "each signal of a machine once");
    }
  }

  private static List<Signal> signals(AgentConfig.Sensor sensor, String path, Mistakes mistakes) {
    try {
      return sensor.signals();
    } catch (IllegalArgumentException e) {
      mistakes.unless(
          false,
          path + ".signals",
          "what is derived from a signal has too long a name or unit: " + e.getMessage(),
          "a shorter name or unit of the signal");
      return List.of();
    }
  }

  private static String wanted(Place place, Place theirs) {
    if (place.part().isEmpty() || theirs.part().isEmpty()) {
      return "a device of its own";
    }
    return place.part().equals(theirs.part())
        ? "a part of its own"
        : "the whole bus used alike: " + theirs.manner();
  }
}
