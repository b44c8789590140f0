package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The numbers that stand for series in files. Any thread may ask. */
final class SeriesIds {
  private final Map<Series, Integer> ids = new ConcurrentHashMap<>();
  private final NavigableMap<Integer, Series> names = new ConcurrentSkipListMap<>();
  private volatile int nameless;

  OptionalInt find(Series series) {
    Integer id = ids.get(series);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The number of a series, a new one when it has none yet. */
  int of(Series series) {
    Integer known = ids.get(series);
    if (known != null) {
      return known;
    }
    synchronized (names) {
      return ids.computeIfAbsent(
          series,
          key -> {
            int id = last() + 1;
            names.put(id, key);
            return id;
          });
    }
  }

  Series name(int id) {
    Series name = names.get(id);
    if (name == null) {
      throw new IllegalStateException("no series has the number " + id);
    }
    return name;
  }

  boolean knows(int id) {
    return names.containsKey(id);
  }

  /**
   * @throws IOException when the number or the series already goes with another
   */
  void load(int id, Series series) throws IOException {
    synchronized (names) {
      Series name = names.putIfAbsent(id, series);
      Integer number = ids.putIfAbsent(series, id);
      if ((name != null && !name.equals(series)) || (number != null && number != id)) {
        throw new IOException(
            "files of two stores are mixed: number "
                + id
                + " stands for "
                + name
                + " and for "
                + series);
      }
    }
  }

  /** Loads the names of a file; what is damaged there is reported and its number reserved. */
  SeriesTable.Sink reading(Path file, Damage damage) {
    return new SeriesTable.Sink() {
      @Override
      public void name(int id, Series series) throws IOException {
        load(id, series);
      }

      @Override
      public void damaged(int id) {
        damage.report(file + ", name of series " + id, "it does not match its checksum");
        reserve(id);
      }
    };
  }

  /** Keeps a number, whose name cannot be read, from being given to another series. */
  void reserve(int id) {
    nameless = Math.max(nameless, id);
  }

  /** Whether a number was reserved. */
  boolean hasHoles() {
    return nameless > 0;
  }

  int last() {
    return Math.max(nameless, names.isEmpty() ? 0 : names.lastKey());
  }

  /** Every series whose number is above one number and not above another. */
  NavigableMap<Integer, Series> between(int above, int through) {
    return names.subMap(above, false, Math.max(above, through), true);
  }
}
