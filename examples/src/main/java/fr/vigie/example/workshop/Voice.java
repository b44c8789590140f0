package fr.vigie.example.workshop;

import java.time.Instant;

/** How a device puts messages into bytes for its serial line. */
interface Voice {
  /** What it says before its first message, and again every few seconds; may be empty. */
  byte[] introduction();

  /** The bytes of a message that was spoken at {@code at} by the device's clock. */
  byte[] say(Message message, Instant at);

  /** Whether messages carry their time. */
  boolean stamps();

  /** A time as precisely as messages carry it. */
  Instant stamp(Instant at);
}
