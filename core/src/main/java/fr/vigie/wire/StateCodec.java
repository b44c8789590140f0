package fr.vigie.wire;

import java.time.Instant;
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
    in.versioned(
        name -> {
          switch (name) {
            case "online" -> online[0] = in.flag(name);
            case "epoch" -> epoch[0] = in.wholeText(name);
            case "since" -> since[0] = in.instant(name);
            default -> in.skip();
          }
        });
    return new AgentState(
        in.required("online", online[0]),
        in.required("epoch", epoch[0]),
        in.required("since", since[0]));
  }
}
