package fr.vigie.server.settings;

import fr.vigie.signal.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What keeps the samples. */
public sealed interface StoreChoice {
  /** The store inside this process. */
  record Sqlite() implements StoreChoice {}

  /**
   * A database of its own.
   *
   * @param user empty when it asks for none
   */
  record Database(
      Product product, URI url, String database, String user, Optional<Path> passwordFile)
      implements StoreChoice {}

  /** The databases that are known. */
  enum Product {
    INFLUX,
    VICTORIA;

    /** By its name in the settings. */
    public static Optional<Product> of(String name) {
      for (Product product : values()) {
        if (product.toString().equals(name)) {
          return Optional.of(product);
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A choice in one word, as in {@code sqlite}, {@code influx=http://127.0.0.1:8086/vigie}.
   *
   * @return empty when it is none
   */
  static Optional<StoreChoice> parse(String text, String user, Optional<Path> passwordFile) {
    if (text.equals("sqlite")) {
      return Optional.of(new Sqlite());
    }
    int equals = text.indexOf('=');
    int slash = text.lastIndexOf('/');
    if (equals < 0 || slash < equals || !Names.isName(text.substring(slash + 1))) {
      return Optional.empty();
    }
    String database = text.substring(slash + 1);
    return Product.of(text.substring(0, equals))
        .flatMap(
            product ->
                address(text.substring(equals + 1, slash))
                    .map(url -> new Database(product, url, database, user, passwordFile)));
  }

  /**
   * The address when it is one that can be used.
   *
   * @param text such as {@code http://127.0.0.1:8086}
   */
  static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean plain =
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null
              && uri.getPort() != 0
              && uri.getPort() <= 65_535;
      return plain ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
