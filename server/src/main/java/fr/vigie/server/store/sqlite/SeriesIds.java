package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Series;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The numbers that stand for series in files. Any thread may ask. */
public final class SeriesIds {
  private final Map<Series, Integer> ids = new ConcurrentHashMap<>();
  private final NavigableMap<Integer, Series> names = new ConcurrentSkipListMap<>();

  public OptionalInt find(Series series) {
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
            int id = names.isEmpty() ? 1 : names.lastKey() + 1;
            names.put(id, key);
            return id;
          });
    }
  }

  public Series name(int id) {
    Series name = names.get(id);
    if (name == null) {
      throw new IllegalStateException("no series has the number " + id);
    }
    return name;
  }

  public boolean knows(int id) {
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

  int last() {
    return names.isEmpty() ? 0 : names.lastKey();
  }

  /** Every series whose number is above one number and not above another. */
  NavigableMap<Integer, Series> between(int above, int through) {
    return names.subMap(above, false, Math.max(above, through), true);
  }
}
