package fr.vigie.server.ingest;

import java.io.IOException;
import java.net.URI;

/**
 * How to enter a broker.
 *
 * @param address {@code tcp://host:port}
 * @param user empty when the broker asks for none
 * @param password asked again at every connection, so that it may change
 */
public record BrokerAccess(URI address, String user, Password password) {
  /** Where a password is kept; an empty one is none. */
  public interface Password {
    char[] read() throws IOException;
  }

  /** A broker that asks nobody who they are. */
  public static BrokerAccess open(URI address) {
    return new BrokerAccess(address, "", () -> new char[0]);
  }

  @Override
  public String toString() {
    return user.isEmpty() ? address.toString() : address + " as " + user;
  }
}
