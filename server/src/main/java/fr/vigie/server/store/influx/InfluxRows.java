package fr.vigie.server.store.influx;

import fr.vigie.server.store.lines.LineServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads answers to InfluxQL row by row, as they come: one JSON document after the other. */
final class InfluxRows {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser in;
  private final String name;
  private final Sink sink;
  private List<String> columns = List.of();

  private InfluxRows(JsonParser in, String name, Sink sink) {
    this.in = in;
    this.name = name;
    this.sink = sink;
  }

  /** Takes a row. */
  interface Sink {
    void take(Row row) throws IOException;
  }

  /** The values of one row by column. */
  record Row(List<String> columns, List<@Nullable Object> values) {
    boolean has(String column) {
      return value(column) != null;
    }

    long time() {
      return value("time") instanceof Long time ? time : 0;
    }

    double number(String column) {
      return value(column) instanceof Number number ? number.doubleValue() : 0;
    }

    String text(String column) {
      return value(column) instanceof String text ? text : "";
    }

    boolean flag(String column) {
      return Boolean.TRUE.equals(value(column));
    }

    private @Nullable Object value(String column) {
      int index = columns.indexOf(column);
      return index < 0 ? null : values.get(index);
    }
  }

  /**
   * @param name of the database, for messages
   * @return whether all was read
   * @throws IOException when the answer is an error, or ends too early
   */
  static boolean read(InputStream stream, String name, Sink sink) throws IOException {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), stream)) {
      InfluxRows rows = new InfluxRows(in, name, sink);
      for (JsonToken next = in.nextToken(); next != null; next = in.nextToken()) {
        rows.token(next);
      }
      return true;
    } catch (JacksonException e) {
      throw new IOException("an answer that cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private void token(JsonToken token) throws IOException {
    if (token != JsonToken.PROPERTY_NAME) {
      return;
    }
    switch (in.currentName()) {
      case "error" -> {
        in.nextToken();
        throw new LineServer.Refused(name + " refuses: " + in.getString());
      }
      case "columns" -> {
        columns = new ArrayList<>();
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          columns.add(in.getString());
        }
      }
      case "values" -> {
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          row();
        }
      }
      default -> {}
    }
  }

  private void row() throws IOException {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
      values.add(
          switch (next) {
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new LineServer.Refused(name + " answers with rows that hold " + next);
          });
    }
    sink.take(new Row(columns, values));
  }

  /** What has no point is a time or a count, or a number that happens to be whole. */
  private Number whole() {
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return in.getDoubleValue();
    }
    long number = in.getLongValue();
    return number == 0 && in.getString().startsWith("-") ? (Number) (-0.0) : (Number) number;
  }
}
