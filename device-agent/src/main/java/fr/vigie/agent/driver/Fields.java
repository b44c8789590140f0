package fr.vigie.agent.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one line says: keys with texts, and the time in front of it where its form has one. */
final class Fields {
  private final List<String> keys = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private Optional<String> time = Optional.empty();

  void clear() {
    keys.clear();
    values.clear();
    time = Optional.empty();
  }

  void add(String key, String value) {
    keys.add(key);
    values.add(value);
  }

  void time(String text) {
    time = Optional.of(text);
  }

  Optional<String> time() {
    return time;
  }

  int size() {
    return keys.size();
  }

  String key(int index) {
    return keys.get(index);
  }

  String value(int index) {
    return values.get(index);
  }

  Optional<String> get(String key) {
    int index = keys.indexOf(key);
    return index < 0 ? Optional.empty() : Optional.of(values.get(index));
  }
}
