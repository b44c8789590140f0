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
   * A broker of its own, reached by {@code tcp://host:port}.
   *
   * @param user empty when it asks for none
   */
  record External(URI address, String user, Optional<Path> passwordFile) implements BrokerChoice {}

  /**
   * The address when it is one that can be used, with the port 1883 when it names none.
   *
   * @param text such as {@code tcp://broker:1883}
   */
  static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean plain =
          "tcp".equals(uri.getScheme())
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
      int port = uri.getPort() < 0 ? 1883 : uri.getPort();
      return Optional.of(new URI("tcp", null, uri.getHost(), port, null, null, null));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
