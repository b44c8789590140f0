package fr.vigie.server.ingest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to enter a broker.
 *
 * @param address {@code tcp://host:port} or {@code ssl://host:port}
 * @param authorities a PEM file of who vouches for the broker of an {@code ssl} address
 * @param user empty when the broker asks for none
 * @param password asked again at every connection, so that it may change
 */
public record BrokerAccess(
    URI address, Optional<Path> authorities, String user, Password password) {
  /** Where a password is kept; an empty one is none. */
  public interface Password {
    char[] read() throws IOException;
  }

  /** A broker that asks nobody who they are. */
  public static BrokerAccess open(URI address) {
    return new BrokerAccess(address, Optional.empty(), "", () -> new char[0]);
  }

  boolean isEncrypted() {
    return "ssl".equals(address.getScheme());
  }

  @Override
  public String toString() {
    return user.isEmpty() ? address.toString() : address + " as " + user;
  }
}
