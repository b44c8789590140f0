package fr.vigie.link;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a broker is and who connects.
 *
 * @param address {@code tcp://host:port} or {@code ssl://host:port}
 * @param authorities a PEM file of who vouches for the broker of an {@code ssl} address; without
 *     one, those that the Java runtime knows
 * @param clientId at most 64 characters; two clients of one broker must differ
 */
public record Broker(
    URI address, Optional<Path> authorities, String clientId, Optional<Login> login) {
  /**
   * @throws IllegalArgumentException when the address has another form
   */
  public Broker {
    String scheme = address.getScheme();
    if (!("tcp".equals(scheme) || "ssl".equals(scheme)) || address.getHost() == null) {
      throw new IllegalArgumentException(
          "broker: found '" + address + "', wanted tcp://host:port or ssl://host:port");
    }
    if (clientId.isEmpty() || clientId.length() > 64) {
      throw new IllegalArgumentException("client id: wanted 1 to 64 characters");
    }
  }

  /** A broker that is not encrypted, or whose certificate is of a public authority. */
  public Broker(URI address, String clientId, Optional<Login> login) {
    this(address, Optional.empty(), clientId, login);
  }

  /** A user and a secret, which never prints. */
  public record Login(String user, String secret) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }
}
