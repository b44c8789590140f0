package fr.vigie.wire;

import fr.vigie.signal.Names;
import java.util.Locale;

/** The address of a message: {@code vigie/v1/<site>/<agent>/<channel>}. */
public record Topic(String site, String agent, Channel channel) {
  private static final String ROOT = "vigie/v1/";

  /** What a message is about. */
  public enum Channel {
    /** Agent to server, retained: {@link Birth}. */
    BIRTH,
    /** Agent to server: {@link Batch}. */
    DATA,
    /** Server to agent: {@link Ack}. */
    ACK,
    /** Agent to server, retained, and its last will: {@link AgentState}. */
    STATE,
    /** Server to agent: {@link Command}. */
    CMD,
    /** Agent to server: {@link ClockReading} of its own clock, which asks for the server's. */
    CLOCK,
    /** Server to agent: {@link ClockReading} of the server's clock. */
    TIME;

    private final String word = name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when site or agent is not a {@linkplain Names name}
   */
  public Topic {
    Names.check("site", site);
    Names.check("agent", agent);
  }

  /**
   * @throws WireException when the text is not such an address
   */
  public static Topic parse(String text) throws WireException {
    String[] levels = text.length() > 200 ? new String[0] : text.split("/", -1);
    if (levels.length == 5 && text.startsWith(ROOT)) {
      for (Channel channel : Channel.values()) {
        if (channel.word.equals(levels[4]) && Names.isName(levels[2]) && Names.isName(levels[3])) {
          return new Topic(levels[2], levels[3], channel);
        }
      }
    }
    throw new WireException(
        "topic: found "
            + JsonReader.quoted(text)
            + ", wanted vigie/v1/<site>/<agent>/<birth, data, ack, state, cmd, clock or time>");
  }

  /** A subscription to one channel of every agent of every site. */
  public static String filter(Channel channel) {
    return ROOT + "+/+/" + channel.word;
  }

  @Override
  public String toString() {
    return ROOT + site + '/' + agent + '/' + channel.word;
  }
}
