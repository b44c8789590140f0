package fr.vigie.link;

import java.net.URI;
import java.util.Optional;

/**
 * Where a broker is and who connects.
 *
 * @param address {@code tcp://host:port} or {@code ssl://host:port}
 * @param clientId at most 64 characters; two clients of one broker must differ
 */
public record Broker(URI address, String clientId, Optional<Login> login) {
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

  /** A user and a secret, which never prints. */
  public record Login(String user, String secret) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }
}
