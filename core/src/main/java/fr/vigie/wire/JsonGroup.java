package fr.vigie.wire;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One group of a JSON batch as it was read: a value that is no list stands for every time. */
final class JsonGroup {
  private final JsonReader in;
  private final Budget budget;
  private TimeBase.@Nullable Unit unit;
  private long @Nullable [] times;
  private final Map<Integer, Numbers> numbers = new TreeMap<>();
  private final Map<Integer, Words> texts = new TreeMap<>();
  private final Map<Integer, Words> qualities = new TreeMap<>();

  private JsonGroup(JsonReader in, Budget budget) {
    this.in = in;
    this.budget = budget;
  }

  /** How much may still be read. */
  static final class Budget {
    private long left;

    Budget(long left) {
      this.left = left;
    }

    void take(int count) throws WireException {
      left -= count;
      if (left < 0) {
        throw new WireException(
            "batch: found more than " + BatchCodec.MOST_SAMPLES + " samples in all");
      }
    }
  }

  private record Numbers(double[] values, boolean[] missing, boolean held) {}

  private record Words(@Nullable String[] values, boolean held) {}

  static JsonGroup read(JsonReader in, Budget budget) throws WireException {
    JsonGroup group = new JsonGroup(in, budget);
    in.object("group", group::field);
    return group;
  }

  private void field(String name) throws WireException {
    switch (name) {
      case "unit" -> unit = in.word(name, TimeBase.Unit.class, TimeBase.Unit::word);
      case "times" -> times = times();
      case "numbers" -> in.object(name, key -> numbers.put(JsonBatchReader.place(key), numbers()));
      case "texts" -> in.object(name, key -> texts.put(JsonBatchReader.place(key), words("texts")));
      case "qualities" ->
          in.object(name, key -> qualities.put(JsonBatchReader.place(key), words("qualities")));
      default -> in.skip();
    }
  }

  private long[] times() throws WireException {
    long[][] found = {new long[16]};
    int[] size = new int[1];
    in.array(
        "times",
        () -> {
          if (size[0] == BatchCodec.MOST_SAMPLES) {
            throw new WireException(
                "batch: found more than " + BatchCodec.MOST_SAMPLES + " times in a group");
          }
          if (size[0] == found[0].length) {
            found[0] = Arrays.copyOf(found[0], size[0] * 2);
          }
          found[0][size[0]++] = in.whole("times");
        });
    return Arrays.copyOf(found[0], size[0]);
  }

  private Numbers numbers() throws WireException {
    double[][] values = {new double[in.atArray() ? 16 : 1]};
    boolean[][] missing = {new boolean[values[0].length]};
    int[] size = new int[1];
    JsonReader.Element element =
        () -> {
          budget.take(1);
          if (size[0] == values[0].length) {
            values[0] = Arrays.copyOf(values[0], size[0] * 2);
            missing[0] = Arrays.copyOf(missing[0], size[0] * 2);
          }
          missing[0][size[0]] = in.atNull();
          values[0][size[0]++] = in.atNull() ? 0 : in.number("numbers");
        };
    boolean held = !in.atArray();
    if (held) {
      element.read();
    } else {
      in.array("numbers", element);
    }
    return new Numbers(Arrays.copyOf(values[0], size[0]), Arrays.copyOf(missing[0], size[0]), held);
  }

  private Words words(String name) throws WireException {
    List<@Nullable String> values = new ArrayList<>();
    JsonReader.Element element =
        () -> {
          budget.take(1);
          values.add(in.atNull() ? null : in.text(name));
        };
    boolean held = !in.atArray();
    if (held) {
      element.read();
    } else {
      in.array(name, element);
    }
    return new Words(values.toArray(new @Nullable String[0]), held);
  }

  /** The columns of the group. */
  List<Batch.Part> parts(TimeBase base, Budget samples) throws WireException {
    long[] offsets = in.required("times", times);
    TimeBase.Unit counted = in.required("unit", unit);
    long[] nanos = new long[offsets.length];
    try {
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = base.time(offsets[i], counted);
      }
    } catch (ArithmeticException e) {
      throw new WireException("batch: times: found one beyond the years 1678 to 2261");
    }
    for (int place : qualities.keySet()) {
      if (!numbers.containsKey(place) && !texts.containsKey(place)) {
        throw new WireException("batch: qualities: signal " + place + " has no values");
      }
    }
    List<Batch.Part> parts = new ArrayList<>();
    for (Map.Entry<Integer, Numbers> entry : numbers.entrySet()) {
      samples.take(nanos.length);
      parts.add(new Batch.Part(entry.getKey(), numbers(entry.getKey(), entry.getValue(), nanos)));
    }
    for (Map.Entry<Integer, Words> entry : texts.entrySet()) {
      samples.take(nanos.length);
      parts.add(new Batch.Part(entry.getKey(), texts(entry.getKey(), entry.getValue(), nanos)));
    }
    return parts;
  }

  private Column numbers(int place, Numbers found, long[] nanos) throws WireException {
    check(place, found.held(), found.values().length, nanos.length);
    Column.Builder column = Column.numbers();
    for (int i = 0; i < nanos.length; i++) {
      int at = found.held() ? 0 : i;
      column.add(nanos[i], found.values()[at], quality(place, i, nanos, found.missing()[at]));
    }
    return column.build();
  }

  private Column texts(int place, Words found, long[] nanos) throws WireException {
    check(place, found.held(), found.values().length, nanos.length);
    Column.Builder column = Column.texts();
    for (int i = 0; i < nanos.length; i++) {
      String text = found.values()[found.held() ? 0 : i];
      column.add(nanos[i], text == null ? "" : text, quality(place, i, nanos, text == null));
    }
    return column.build();
  }

  private Quality quality(int place, int i, long[] nanos, boolean missing) throws WireException {
    Words words = qualities.get(place);
    if (words == null || (words.held() && missing)) {
      return missing ? Quality.MISSING : Quality.GOOD;
    }
    check(place, words.held(), words.values().length, nanos.length);
    String word = words.values()[words.held() ? 0 : i];
    for (Quality quality : Quality.values()) {
      if (quality.name().equals(word) && missing == (quality == Quality.MISSING)) {
        return quality;
      }
    }
    throw new WireException(
        "batch: qualities: signal "
            + place
            + ": found "
            + JsonReader.quoted(word)
            + " for "
            + (missing
                ? "null, wanted MISSING"
                : "a value, wanted GOOD, UNCERTAIN or CLOCK_UNSYNCED"));
  }

  private static void check(int place, boolean held, int found, int wanted) throws WireException {
    if (!held && found != wanted) {
      throw new WireException(
          "batch: signal " + place + ": found " + found + " values for " + wanted + " times");
    }
  }
}
