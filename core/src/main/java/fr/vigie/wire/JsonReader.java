package fr.vigie.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the fields of one message and refuses what does not fit. Each method expects the parser at
 * the value and leaves it there.
 */
final class JsonReader {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  private final String what;
  private final JsonParser parser;

  JsonReader(String what, JsonParser parser) {
    this.what = what;
    this.parser = parser;
  }

  /** What reads one value. */
  interface Field {
    void read(String name) throws WireException;
  }

  /** What reads one element. */
  interface Element {
    void read() throws WireException;
  }

  void object(String name, Field field) throws WireException {
    expect(JsonToken.START_OBJECT, name, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      field.read(key);
    }
  }

  /** An object that carries {@code "v":1}. */
  void versioned(Field field) throws WireException {
    boolean[] seen = new boolean[1];
    object(
        "message",
        name -> {
          if (name.equals("v")) {
            seen[0] = true;
            long version = whole(name);
            if (version != Json.VERSION) {
              throw fault(name, "wanted " + Json.VERSION);
            }
          } else {
            field.read(name);
          }
        });
    if (!seen[0]) {
      throw new WireException(what + ": v: found nothing, wanted " + Json.VERSION);
    }
  }

  void array(String name, Element element) throws WireException {
    expect(JsonToken.START_ARRAY, name, "a list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** Ignores a value of a name that this version does not know. */
  void skip() {
    parser.skipChildren();
  }

  boolean atArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean atNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  String text(String name) throws WireException {
    expect(JsonToken.VALUE_STRING, name, "a text");
    String text = parser.getString();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw new WireException(
              what + ": " + name + ": found half a character (a lone surrogate)");
        }
        i++;
      }
    }
    return text;
  }

  boolean flag(String name) throws WireException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw fault(name, "wanted true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  long whole(String name) throws WireException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw fault(name, "wanted a whole number of at most 64 bits");
    }
    return parser.getLongValue();
  }

  double number(String name) throws WireException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw fault(name, "wanted a number");
    }
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw fault(name, "wanted a number that 64 bits can hold");
    }
    return number;
  }

  /** A 64-bit number written as a text, because many readers of JSON keep only 53 bits. */
  long wholeText(String name) throws WireException {
    String text = text(name);
    if (WHOLE.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw fault(name, "wanted a text with a whole number of at most 64 bits");
      }
    }
    throw fault(name, "wanted a text with a whole number of at most 64 bits");
  }

  int hex(String name) throws WireException {
    String text = text(name);
    if (!text.matches("[0-9a-f]{8}")) {
      throw fault(name, "wanted eight hexadecimal digits in lower case");
    }
    return Integer.parseUnsignedInt(text, 16);
  }

  Instant instant(String name) throws WireException {
    String text = text(name);
    try {
      if (text.length() <= 40) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      throw fault(name, "wanted an instant such as 2026-11-24T06:30:00.250Z");
    }
    throw fault(name, "wanted an instant such as 2026-11-24T06:30:00.250Z");
  }

  <E extends Enum<E>> E word(String name, Class<E> type, Function<E, String> of)
      throws WireException {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (of.apply(constant).equals(text)) {
        return constant;
      }
    }
    throw fault(name, "wanted one of " + Arrays.stream(type.getEnumConstants()).map(of).toList());
  }

  <T> T required(String name, @Nullable T value) throws WireException {
    if (value == null) {
      throw new WireException(what + ": " + name + ": found nothing, wanted a value");
    }
    return value;
  }

  /** What was found, short and without control characters, for a message. */
  static String quoted(@Nullable String found) {
    String text = String.valueOf(found);
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return "'" + shown.replaceAll("\\p{Cc}", "?") + "'";
  }

  WireException fault(String name, String wanted) {
    JsonToken token = parser.currentToken();
    String found =
        token == null
            ? "the end"
            : token.isStructStart() ? "a structure" : quoted(parser.getString());
    return new WireException(what + ": " + name + ": found " + found + ", " + wanted);
  }

  private void expect(JsonToken token, String name, String wanted) throws WireException {
    if (parser.currentToken() != token) {
      throw fault(name, "wanted " + wanted);
    }
  }
}
