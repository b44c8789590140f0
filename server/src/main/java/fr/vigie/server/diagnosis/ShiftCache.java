package fr.vigie.server.diagnosis;

import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Figures of spans that are over, each with the version of what they were made from. Safe for use
 * by several threads.
 */
final class ShiftCache<T> {
  private static final int MOST = 1_000;

  /** Figures belong to a machine as it was described, so a new description starts afresh. */
  private record Key(Machine machine, Span span) {}

  /**
   * What figures were made from.
   *
   * @param read how far the machine was read
   * @param inForce of each of its series, from the oldest sample that had a part in the figures to
   *     the last instant read
   * @param samples the store's version of each within {@code inForce}
   * @param holes as records tell of them
   * @param entries the revision of what people wrote about the machine
   */
  record Version(
      Span read, List<Span> inForce, List<Long> samples, List<Hole> holes, long entries) {}

  record Entry<T>(T made, Version version) {}

  private final Map<Key, Entry<T>> entries = new LinkedHashMap<>(16, 0.75f, true);

  synchronized Optional<Entry<T>> find(Machine machine, Span span) {
    return Optional.ofNullable(entries.get(new Key(machine, span)));
  }

  synchronized void keep(Machine machine, Span span, Entry<T> entry) {
    entries.put(new Key(machine, span), entry);
    Iterator<Key> oldest = entries.keySet().iterator();
    if (entries.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
  }
}
