package fr.vigie.wire;

import fr.vigie.signal.Names;
import fr.vigie.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What an agent says of itself when it connects: every signal that its batches will speak of. A
 * batch names a signal by its place in this list.
 *
 * @param agent the agent's name
 * @param software name and version of what speaks, for people
 * @param at when it was made, by the agent's clock
 * @param signals each described once
 * @param sensors places of the signals that each sensor gives; empty when the agent does not say
 */
public record Birth(
    String agent,
    String software,
    Instant at,
    List<Signal> signals,
    Map<String, List<Integer>> sensors) {
  public static final int MOST_SIGNALS = 20_000;

  /**
   * @throws IllegalArgumentException when the agent is not a name, a signal stands twice, there are
   *     more than {@value #MOST_SIGNALS}, or a sensor gives one that is not there
   */
  public Birth {
    Names.check("agent", agent);
    signals = List.copyOf(signals);
    if (signals.size() > MOST_SIGNALS) {
      throw new IllegalArgumentException(
          "a birth holds at most " + MOST_SIGNALS + " signals, found " + signals.size());
    }
    Set<String> seen = new HashSet<>();
    for (Signal signal : signals) {
      if (!seen.add(signal.machine() + '/' + signal.name())) {
        throw new IllegalArgumentException(
            "signal described twice: " + signal.machine() + '/' + signal.name());
      }
    }
    Map<String, List<Integer>> copy = new TreeMap<>();
    for (Map.Entry<String, List<Integer>> sensor : sensors.entrySet()) {
      for (int place : sensor.getValue()) {
        if (place < 0 || place >= signals.size()) {
          throw new IllegalArgumentException(
              "sensor " + sensor.getKey() + ": no signal has the place " + place);
        }
      }
      copy.put(sensor.getKey(), List.copyOf(sensor.getValue()));
    }
    sensors = Collections.unmodifiableMap(copy);
  }

  /** A birth that does not say which sensor gives which signal. */
  public Birth(String agent, String software, Instant at, List<Signal> signals) {
    this(agent, software, at, signals, Map.of());
  }

  /**
   * The birth of an agent with these sensors.
   *
   * @param sensors the signals of each, in the order in which batches count them
   */
  public static Birth of(
      String agent, String software, Instant at, Map<String, List<Signal>> sensors) {
    List<Signal> signals = new ArrayList<>();
    Map<String, List<Integer>> places = new TreeMap<>();
    sensors.forEach(
        (sensor, its) -> {
          List<Integer> list = places.computeIfAbsent(sensor, first -> new ArrayList<>());
          for (Signal signal : its) {
            list.add(signals.size());
            signals.add(signal);
          }
        });
    return new Birth(agent, software, at, signals, places);
  }

  /**
   * The birth with further signals of a sensor behind those that it has, which keep their places.
   * Signals that it has already add nothing; when it has all of them it is the same birth.
   *
   * @throws IllegalArgumentException when a signal of that machine and name has another kind or
   *     unit, or there are too many
   */
  public Birth with(String sensor, List<Signal> more, Instant then) {
    List<Signal> longer = new ArrayList<>(signals);
    List<Integer> places = new ArrayList<>(sensors.getOrDefault(sensor, List.of()));
    for (Signal signal : new LinkedHashSet<>(more)) {
      if (!signals.contains(signal)) {
        places.add(longer.size());
        longer.add(signal);
      }
    }
    if (longer.size() == signals.size()) {
      return this;
    }
    Map<String, List<Integer>> given = new TreeMap<>(sensors);
    given.put(sensor, places);
    return new Birth(agent, software, then, longer, given);
  }

  /**
   * The number by which batches refer to this list of signals: CRC-32C of its lines in UTF-8, each
   * {@code machine/name/kind/unit} and a line feed.
   */
  public int id() {
    CRC32C crc = new CRC32C();
    for (Signal signal : signals) {
      String line =
          String.join("/", signal.machine(), signal.name(), signal.kind().name(), signal.unit())
              + '\n';
      crc.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return (int) crc.getValue();
  }
}
