package fr.vigie.server.delivery;

import java.io.IOException;

/** Brings a message to one recipient. */
interface Carrier {
  /**
   * Returns once the other side has taken the message; blocks for at most half a minute.
   *
   * @throws IOException when it has not, or nobody knows; the message says why, without secrets
   */
  void carry(Message message) throws IOException;
}
