package fr.vigie.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Acknowledgements as JSON. Safe for use by several threads. */
public final class AckCodec {
  private static final int MOST_REFUSALS = 100_000;

  private AckCodec() {}

  public static byte[] encode(Ack ack) {
    return Json.write(
        out -> {
          out.writeStringProperty("epoch", Long.toString(ack.epoch()));
          out.writeNumberProperty("sequence", ack.sequence());
          out.writeArrayPropertyStart("refused");
          for (Ack.Refusal refusal : ack.refused()) {
            out.writeStartObject();
            out.writeNumberProperty("sequence", refusal.sequence());
            out.writeStringProperty("reason", Json.wellFormed(refusal.reason()));
            out.writeEndObject();
          }
          out.writeEndArray();
          if (!ack.store().isEmpty()) {
            out.writeStringProperty("store", Json.wellFormed(ack.store()));
          }
        });
  }

  /**
   * @throws WireException when the bytes are not an acknowledgement
   */
  public static Ack decode(byte[] bytes) throws WireException {
    return Json.read("ack", bytes, AckCodec::ack);
  }

  private static Ack ack(JsonReader in) throws WireException {
    @Nullable Long[] number = new @Nullable Long[2];
    String[] store = {""};
    List<Ack.Refusal> refused = new ArrayList<>();
    in.versioned(
        name -> {
          switch (name) {
            case "epoch" -> number[0] = in.wholeText(name);
            case "sequence" -> number[1] = in.whole(name);
            case "store" -> store[0] = in.text(name);
            case "refused" -> in.array(name, () -> refused.add(refusal(in, refused.size())));
            default -> in.skip();
          }
        });
    return new Ack(
        in.required("epoch", number[0]), in.required("sequence", number[1]), refused, store[0]);
  }

  private static Ack.Refusal refusal(JsonReader in, int before) throws WireException {
    if (before == MOST_REFUSALS) {
      throw new WireException("ack: found more than " + MOST_REFUSALS + " refusals");
    }
    @Nullable Long[] sequence = new @Nullable Long[1];
    @Nullable String[] reason = new @Nullable String[1];
    in.object(
        "refused",
        name -> {
          switch (name) {
            case "sequence" -> sequence[0] = in.whole(name);
            case "reason" -> reason[0] = in.text(name);
            default -> in.skip();
          }
        });
    return new Ack.Refusal(in.required("sequence", sequence[0]), in.required("reason", reason[0]));
  }
}
