package fr.vigie.server.ingest;

import fr.vigie.wire.Topic;

/** The way from the server to the agents. */
interface Outgoing {
  /** Never blocks; false when the message cannot go out now. */
  boolean publish(Topic topic, byte[] payload);
}
