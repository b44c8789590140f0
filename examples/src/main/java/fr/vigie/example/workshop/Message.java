package fr.vigie.example.workshop;

import fr.vigie.signal.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a device says at once.
 *
 * @param at time since the machine was switched on
 * @param sequence 1, 2, 3, … for one device
 * @param values by signal, in the device's order
 */
record Message(Duration at, long sequence, Map<String, Value> values) {
  Message {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
