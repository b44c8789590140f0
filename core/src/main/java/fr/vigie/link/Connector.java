package fr.vigie.link;

import java.util.List;

/** Begins connections to one broker. */
public interface Connector {
  /**
   * Begins a connection and returns at once.
   *
   * @param subscriptions topic filters to subscribe to before the connection counts as up
   * @param will published by the broker when the connection breaks
   */
  Connection connect(List<String> subscriptions, Will will);

  /** The broker's address, for people; without secrets. */
  String address();

  /** A retained last word. */
  record Will(String topic, byte[] payload) {}
}
