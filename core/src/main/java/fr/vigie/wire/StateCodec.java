package fr.vigie.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** States of agents as JSON. Safe for use by several threads. */
public final class StateCodec {
  private StateCodec() {}

  public static byte[] encode(AgentState state) {
    return Json.write(
        out -> {
          out.writeBooleanProperty("online", state.online());
          out.writeStringProperty("epoch", Long.toString(state.epoch()));
          out.writeStringProperty("since", state.since().toString());
          if (!state.kept().isEmpty()) {
            out.writeArrayPropertyStart("kept");
            state.kept().forEach(epoch -> out.writeString(Long.toString(epoch)));
            out.writeEndArray();
          }
        });
  }

  /**
   * @throws WireException when the bytes are not a state
   */
  public static AgentState decode(byte[] bytes) throws WireException {
    return Json.read("state", bytes, StateCodec::state);
  }

  private static AgentState state(JsonReader in) throws WireException {
    @Nullable Boolean[] online = new @Nullable Boolean[1];
    @Nullable Long[] epoch = new @Nullable Long[1];
    @Nullable Instant[] since = new @Nullable Instant[1];
    List<Long> kept = new ArrayList<>();
    in.versioned(
        name -> {
          switch (name) {
            case "online" -> online[0] = in.flag(name);
            case "epoch" -> epoch[0] = in.wholeText(name);
            case "since" -> since[0] = in.instant(name);
            case "kept" -> in.array(name, () -> kept.add(kept(in, kept.size())));
            default -> in.skip();
          }
        });
    return new AgentState(
        in.required("online", online[0]),
        in.required("epoch", epoch[0]),
        in.required("since", since[0]),
        kept);
  }

  private static long kept(JsonReader in, int before) throws WireException {
    if (before == AgentState.MOST_KEPT) {
      throw new WireException("state: found more than " + AgentState.MOST_KEPT + " kept epochs");
    }
    return in.wholeText("kept");
  }
}
