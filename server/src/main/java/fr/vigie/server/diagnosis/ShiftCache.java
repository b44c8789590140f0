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
final class ShiftCache {
  private static final int MOST = 1_000;

  /** Figures belong to a machine as it was described, so a new description starts afresh. */
  private record Key(Machine machine, Span span) {}

  /**
   * What figures were made from. Stored samples never change, so that their number is a version of
   * them.
   *
   * @param read of each of the machine's series, from the oldest sample that had a part in the
   *     figures to the last instant read
   * @param counts samples of each within {@code read}
   * @param holes as records tell of them
   * @param declared the revision of what people declared
   */
  record Version(List<Span> read, List<Long> counts, List<Hole> holes, long declared) {}

  record Entry(Reckoning reckoning, Version version) {}

  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  synchronized Optional<Entry> find(Machine machine, Span span) {
    return Optional.ofNullable(entries.get(new Key(machine, span)));
  }

  synchronized void keep(Machine machine, Entry entry) {
    entries.put(new Key(machine, entry.reckoning.figures().span()), entry);
    Iterator<Key> oldest = entries.keySet().iterator();
    if (entries.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
  }
}
