package fr.vigie.link;

import java.util.Optional;

/**
 * One connection to a broker, from its first byte to its end; it is never revived. No method blocks
 * on the network. One thread uses it.
 */
public interface Connection {
  enum State {
    CONNECTING,
    /** Connected, and every subscription granted. */
    UP,
    DOWN
  }

  State state();

  /** Why the connection is down, in words for people; empty while it is not. */
  String problem();

  /**
   * Hands a message to the broker with QoS 1.
   *
   * @return false when it cannot be taken now; nothing was sent then
   */
  boolean publish(String topic, byte[] payload, boolean retained);

  /** The next message that arrived. */
  Optional<Message> poll();

  /** Ends the connection; what was not confirmed may or may not have arrived. */
  void close();

  /** A message as it arrived. */
  record Message(String topic, byte[] payload) {}
}
