package fr.vigie.column;

import fr.vigie.signal.Quality;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes columns one after the other into one stream of bits, times first. */
final class BlockWriter {
  private final BitWriter out;
  private final IntegerWriter integers;
  private final NumberWriter numbers;

  BlockWriter(BitWriter out) {
    this.out = out;
    this.integers = new IntegerWriter(out);
    this.numbers = new NumberWriter(out, integers);
  }

  void write(List<Column> columns) {
    TimeGroups groups = TimeGroups.of(columns);
    out.number(columns.size());
    out.number(groups.count());
    long last = 0;
    for (int group = 0; group < groups.count(); group++) {
      last = times(groups.leader(group), last);
    }
    int groupBits = groupBits(groups.count());
    for (int i = 0; i < columns.size(); i++) {
      out.bits(groups.groupOf(i), groupBits);
      column(columns.get(i));
    }
  }

  /** How many bits tell one group from the others. */
  static int groupBits(int groups) {
    return groups < 2 ? 0 : 32 - Integer.numberOfLeadingZeros(groups - 1);
  }

  private long times(Column column, long last) {
    long[] nanos = column.nanosArray();
    out.number(nanos.length);
    integers.write(nanos, 0, nanos.length, last);
    return nanos.length == 0 ? last : nanos[nanos.length - 1];
  }

  private void column(Column column) {
    out.bit(column.isText());
    int present = qualities(column);
    if (column.isText()) {
      texts(column, present);
    } else {
      numbers(column, present);
    }
  }

  /** Writes the qualities and tells how many samples have a value. */
  private int qualities(Column column) {
    int good = 0;
    int missing = 0;
    for (int i = 0; i < column.size(); i++) {
      Quality quality = column.quality(i);
      good += quality == Quality.GOOD ? 1 : 0;
      missing += quality == Quality.MISSING ? 1 : 0;
    }
    out.bit(good < column.size());
    if (good < column.size()) {
      long[] places = new long[column.size()];
      for (int i = 0; i < places.length; i++) {
        places[i] = column.quality(i).ordinal();
      }
      integers.write(places, 0, places.length, 0);
    }
    return column.size() - missing;
  }

  private void numbers(Column column, int present) {
    double[] values = column.numbersArray();
    if (present < values.length) {
      values = new double[present];
      int next = 0;
      for (int i = 0; i < column.size(); i++) {
        if (column.quality(i) != Quality.MISSING) {
          values[next++] = column.number(i);
        }
      }
    }
    numbers.write(values, present);
  }

  private void texts(Column column, int present) {
    Map<String, Integer> places = new HashMap<>();
    List<String> dictionary = new ArrayList<>();
    long[] indices = new long[present];
    int next = 0;
    for (int i = 0; i < column.size(); i++) {
      if (column.quality(i) != Quality.MISSING) {
        Integer place = places.putIfAbsent(column.text(i), dictionary.size());
        if (place == null) {
          place = dictionary.size();
          dictionary.add(column.text(i));
        }
        indices[next++] = place;
      }
    }
    out.number(dictionary.size());
    for (String text : dictionary) {
      byte[] utf8 = utf8(text);
      out.number(utf8.length);
      for (byte part : utf8) {
        out.bits(part, 8);
      }
    }
    integers.write(indices, 0, present, 0);
  }

  /** Half a character without its other half has no bytes in UTF-8; U+FFFD takes its place. */
  private static byte[] utf8(String text) {
    if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    int[] points =
        text.codePoints()
            .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
            .toArray();
    return new String(points, 0, points.length).getBytes(StandardCharsets.UTF_8);
  }
}
