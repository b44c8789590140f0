package fr.vigie.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Readings of clocks as JSON. Safe for use by several threads. */
public final class ClockReadingCodec {
  private ClockReadingCodec() {}

  public static byte[] encode(ClockReading reading) {
    return Json.write(
        out -> {
          out.writeStringProperty("question", Long.toString(reading.question()));
          out.writeStringProperty("at", reading.at().toString());
          out.writeBooleanProperty("known", reading.known());
        });
  }

  /**
   * @throws WireException when the bytes are not such a reading
   */
  public static ClockReading decode(byte[] bytes) throws WireException {
    return Json.read("clock", bytes, ClockReadingCodec::reading);
  }

  private static ClockReading reading(JsonReader in) throws WireException {
    @Nullable Long[] question = new @Nullable Long[1];
    @Nullable Instant[] at = new @Nullable Instant[1];
    @Nullable Boolean[] known = new @Nullable Boolean[1];
    in.versioned(
        name -> {
          switch (name) {
            case "question" -> question[0] = in.wholeText(name);
            case "at" -> at[0] = in.instant(name);
            case "known" -> known[0] = in.flag(name);
            default -> in.skip();
          }
        });
    return new ClockReading(
        in.required("question", question[0]),
        in.required("at", at[0]),
        in.required("known", known[0]));
  }
}
