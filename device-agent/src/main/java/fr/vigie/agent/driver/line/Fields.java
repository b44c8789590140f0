package fr.vigie.agent.driver.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one line says: keys with texts, and the time in front of it where its form has one. */
final class Fields {
  /** The value of a key that the device says it has no value for, told apart by identity. */
  @SuppressWarnings("StringOperationCanBeSimplified")
  static final String NONE = new String("null");

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

  /**
   * Adds unless the key is there; a key that stands twice is the mark of two lines run together.
   */
  boolean addOnce(String key, String value) {
    if (keys.contains(key)) {
      return false;
    }
    add(key, value);
    return true;
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
