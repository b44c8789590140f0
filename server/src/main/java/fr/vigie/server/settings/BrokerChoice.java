package fr.vigie.server.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Which MQTT broker carries the messages. */
public sealed interface BrokerChoice {
  /** The broker inside this process, listening on a loopback address. */
  record Embedded(String bind, int port) implements BrokerChoice {}

  /**
   * A broker of its own, reached by {@code tcp://host:port} or {@code ssl://host:port}.
   *
   * @param authorities a PEM file of who vouches for one of {@code ssl}
   * @param user empty when it asks for none
   */
  record External(URI address, Optional<Path> authorities, String user, Optional<Path> passwordFile)
      implements BrokerChoice {}

  /**
   * The address when it is one that can be used, with the port 1883, or 8883 for {@code ssl}, when
   * it names none.
   *
   * @param text such as {@code tcp://broker:1883}
   */
  static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean plain =
          ("tcp".equals(uri.getScheme()) || "ssl".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null
              && uri.getPort() <= 65_535
              && uri.getPort() != 0;
      if (!plain) {
        return Optional.empty();
      }
      int usual = uri.getScheme().equals("ssl") ? 8883 : 1883;
      int port = uri.getPort() < 0 ? usual : uri.getPort();
      return Optional.of(new URI(uri.getScheme(), null, uri.getHost(), port, null, null, null));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
