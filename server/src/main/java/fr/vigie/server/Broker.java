package fr.vigie.server;

import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.server.ingest.BrokerAccess;
import java.util.Optional;

/** The broker in use: the one in this process when there is one, and how to enter it. */
final class Broker implements AutoCloseable {
  private final Optional<EmbeddedBroker> embedded;
  private final BrokerAccess access;

  Broker(Optional<EmbeddedBroker> embedded, BrokerAccess access) {
    this.embedded = embedded;
    this.access = access;
  }

  BrokerAccess access() {
    return access;
  }

  Optional<EmbeddedBroker> embedded() {
    return embedded;
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedBroker::close);
  }
}
