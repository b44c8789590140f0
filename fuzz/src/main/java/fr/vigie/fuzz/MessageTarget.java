package fr.vigie.fuzz;

import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Command;
import fr.vigie.wire.CommandCodec;
import fr.vigie.wire.StateCodec;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Births, acknowledgements, states, commands and topics; the first byte chooses. */
public final class MessageTarget {
  private MessageTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws WireException {
    if (bytes.length == 0) {
      return;
    }
    byte[] message = Arrays.copyOfRange(bytes, 1, bytes.length);
    switch (Math.floorMod(bytes[0], 5)) {
      case 0 -> {
        Birth birth;
        try {
          birth = BirthCodec.decode(message);
        } catch (WireException refused) {
          return;
        }
        same(birth, BirthCodec.decode(BirthCodec.encode(birth)));
      }
      case 1 -> {
        Ack ack;
        try {
          ack = AckCodec.decode(message);
        } catch (WireException refused) {
          return;
        }
        same(ack, AckCodec.decode(AckCodec.encode(ack)));
      }
      case 2 -> {
        AgentState state;
        try {
          state = StateCodec.decode(message);
        } catch (WireException refused) {
          return;
        }
        same(state, StateCodec.decode(StateCodec.encode(state)));
      }
      case 3 -> {
        Command command;
        try {
          command = CommandCodec.decode(message);
        } catch (WireException refused) {
          return;
        }
        same(command, CommandCodec.decode(CommandCodec.encode(command)));
      }
      default -> {
        Topic topic;
        try {
          topic = Topic.parse(new String(message, StandardCharsets.UTF_8));
        } catch (WireException refused) {
          return;
        }
        same(topic, Topic.parse(topic.toString()));
      }
    }
  }

  private static void same(Object read, Object again) {
    if (!read.equals(again)) {
      throw new IllegalStateException(read + " is read again as " + again);
    }
  }
}
