package fr.vigie.server.store.victoria;

import fr.vigie.column.Column;
import fr.vigie.server.store.ledger.Engine;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.signal.Quality;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What VictoriaMetrics exports of some series: one JSON document for each. */
final class Exported {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long MILLI = 1_000_000;
  private static final Quality[] QUALITIES = Quality.values();

  private final List<Line> lines = new ArrayList<>();

  private Exported() {}

  /** One series: its labels, and its values with their times in milliseconds. */
  private static final class Line {
    final Map<String, String> labels = new HashMap<>();
    double[] values = new double[64];
    long[] millis = new long[64];
    int size;

    String name() {
      return labels.getOrDefault("__name__", "");
    }
  }

  static Exported read(InputStream stream) throws IOException {
    Exported exported = new Exported();
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), stream)) {
      while (in.nextToken() != null) {
        exported.lines.add(line(in));
      }
      return exported;
    } catch (JacksonException e) {
      throw new IOException("an answer that cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The value of a label in the series that has the latest sample. */
  Optional<String> latest(String label) {
    return lines.stream()
        .filter(line -> line.size > 0)
        .max((a, b) -> Long.compare(a.millis[a.size - 1], b.millis[b.size - 1]))
        .map(line -> line.labels.getOrDefault(label, ""));
  }

  /**
   * Hands out the samples within bounds in order of time, numbers before texts.
   *
   * @return how many
   */
  int hand(Bounds bounds, Engine.Texts texts, Engine.Sink sink) throws IOException {
    Beside beside = new Beside(lines);
    Column.Builder words = Column.texts();
    Line text = named("vigie_text");
    for (int i = 0; i < text.size; i++) {
      long nanos = beside.nanos(text.millis[i]);
      if (bounds.contains(nanos)) {
        words.add(nanos, texts.text((long) text.values[i]), beside.quality(text.millis[i]));
      }
    }
    Line value = named("vigie_value");
    Line missing = named("vigie_missing");
    Column.Builder numbers = Column.sized(false, value.size + missing.size);
    for (int v = 0, m = 0; v < value.size || m < missing.size; ) {
      boolean none = v == value.size || (m < missing.size && missing.millis[m] < value.millis[v]);
      long millis = none ? missing.millis[m++] : value.millis[v++];
      long nanos = beside.nanos(millis);
      if (bounds.contains(nanos)) {
        numbers.add(
            nanos,
            none ? 0 : beside.number(millis, value.values[v - 1]),
            none ? Quality.MISSING : beside.quality(millis));
      }
    }
    if (numbers.size() > 0) {
      sink.take(numbers.build());
    }
    if (words.size() > 0) {
      sink.take(words.build());
    }
    return numbers.size() + words.size();
  }

  private Line named(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst().orElse(new Line());
  }

  /** What stands beside some samples, by their millisecond. */
  private static final class Beside {
    private final Map<String, Map<Long, Double>> found = new HashMap<>();

    Beside(List<Line> lines) {
      for (String name : List.of("vigie_nanos", "vigie_quality", "vigie_high", "vigie_low")) {
        Map<Long, Double> values = new HashMap<>();
        lines.stream()
            .filter(line -> line.name().equals(name))
            .forEach(
                line -> {
                  for (int i = 0; i < line.size; i++) {
                    values.put(line.millis[i], line.values[i]);
                  }
                });
        if (!values.isEmpty()) {
          found.put(name, values);
        }
      }
    }

    long nanos(long millis) {
      return millis * MILLI + value("vigie_nanos", millis, 0);
    }

    Quality quality(long millis) {
      return QUALITIES[(int) value("vigie_quality", millis, Quality.GOOD.ordinal())];
    }

    double number(long millis, double near) {
      long high = value("vigie_high", millis, -1);
      return high < 0
          ? near
          : Double.longBitsToDouble(high << Integer.SIZE | value("vigie_low", millis, 0));
    }

    private long value(String name, long millis, long none) {
      Map<Long, Double> values = found.get(name);
      Double value = values == null ? null : values.get(millis);
      return value == null ? none : value.longValue();
    }
  }

  private static Line line(JsonParser in) {
    Line line = new Line();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "metric" -> {
          while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String label = in.currentName();
            in.nextToken();
            line.labels.put(label, in.getString());
          }
        }
        case "values" -> {
          int size = 0;
          while (in.nextToken() != JsonToken.END_ARRAY) {
            if (size == line.values.length) {
              line.values = Arrays.copyOf(line.values, size * 2);
            }
            line.values[size++] = in.getDoubleValue();
          }
        }
        case "timestamps" -> {
          int size = 0;
          while (in.nextToken() != JsonToken.END_ARRAY) {
            if (size == line.millis.length) {
              line.millis = Arrays.copyOf(line.millis, size * 2);
            }
            line.millis[size++] = in.getLongValue();
          }
          line.size = size;
        }
        default -> in.skipChildren();
      }
    }
    return line;
  }
}
