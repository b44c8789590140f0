package fr.vigie.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** JSON of the wire: UTF-8 without a byte order mark, one object, no duplicate keys. */
final class Json {
  static final int VERSION = 1;
  static final int MOST_BYTES = 64 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNameLength(256)
                  .maxNumberLength(1_100)
                  .maxStringLength(MOST_BYTES)
                  .maxDocumentLength(MOST_BYTES)
                  .maxTokenCount(5_000_000)
                  .build())
          .build();

  private Json() {}

  /** What reads a message's fields. */
  interface Body<T> {
    T read(JsonReader in) throws WireException;
  }

  /** One object that starts with its version. */
  static byte[] write(Consumer<JsonGenerator> fields) {
    ByteArrayBuilder bytes = new ByteArrayBuilder();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeNumberProperty("v", VERSION);
      fields.accept(out);
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * @param what the kind of message, for errors
   * @throws WireException when the bytes are not one JSON object, or {@code body} refuses it
   */
  static <T> T read(String what, byte[] bytes, Body<T> body) throws WireException {
    if (bytes.length > MOST_BYTES) {
      throw new WireException(
          what + ": found " + bytes.length + " bytes, wanted at most " + MOST_BYTES);
    }
    if (bytes.length == 0 || bytes[0] != '{') {
      throw new WireException(
          what
              + (bytes.length == 0
                  ? ": found nothing, wanted a JSON object"
                  : String.format(": found first byte 0x%02x, wanted '{'", bytes[0])));
    }
    CharBuffer text = utf8(what, bytes);
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), text.array(), 0, text.limit())) {
      parser.nextToken();
      T message = body.read(new JsonReader(what, parser));
      if (parser.nextToken() != null) {
        throw new WireException(what + ": found more after the end of the object");
      }
      return message;
    } catch (JacksonException e) {
      throw new WireException(what + ": " + reason(e) + place(e));
    } catch (IllegalArgumentException e) {
      throw new WireException(what + ": " + e.getMessage());
    }
  }

  /** The text, with each half of a character that lacks its other half replaced by U+FFFD. */
  static String wellFormed(String text) {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return text;
    }
    StringBuilder fixed = new StringBuilder();
    text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(fixed::appendCodePoint);
    return fixed.toString();
  }

  private static CharBuffer utf8(String what, byte[] bytes) throws WireException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new WireException(what + ": found bytes that are not UTF-8");
    }
  }

  private static String reason(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return "JSON beyond the limits of depth, number, name or length";
    }
    if (e instanceof UnexpectedEndOfInputException) {
      return "JSON that ends too early";
    }
    return e.getOriginalMessage().startsWith("Duplicate")
        ? "JSON with a key that stands twice"
        : "not valid JSON";
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null ? "" : " near character " + e.getLocation().getCharOffset();
  }
}
