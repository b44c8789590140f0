package fr.vigie.server.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the owner of a server can set, under {@code vigie}; already checked by {@link
 * SettingsCheck}.
 *
 * @param site the site whose machines the pages show first
 * @param data the folder that holds everything the server keeps
 * @param store what keeps the samples: {@code sqlite}, {@code influx} or {@code victoria}
 * @param storeUrl where that is, unless it is {@code sqlite}
 * @param storeDatabase its database there
 * @param storeUser the name under which to enter it; empty for none
 * @param storePasswordFile a file whose first line is the password; empty for none
 * @param broker {@code embedded}, or the address {@code tcp://host:port} of a broker
 * @param brokerUser the name under which to enter a broker of its own; empty for none
 * @param brokerPasswordFile a file whose first line is the password; empty for none
 * @param mqtt where the embedded broker listens
 */
@ConfigurationProperties("vigie")
public record VigieSettings(
    @DefaultValue("site") String site,
    @DefaultValue("data") String data,
    @DefaultValue("sqlite") String store,
    @DefaultValue("") String storeUrl,
    @DefaultValue("vigie") String storeDatabase,
    @DefaultValue("") String storeUser,
    @DefaultValue("") String storePasswordFile,
    @DefaultValue("embedded") String broker,
    @DefaultValue("") String brokerUser,
    @DefaultValue("") String brokerPasswordFile,
    @DefaultValue Mqtt mqtt) {
  /**
   * @param bind a loopback address
   * @param port 0 for any free one
   */
  public record Mqtt(@DefaultValue("127.0.0.1") String bind, @DefaultValue("1883") int port) {}

  public Path folder() {
    return Path.of(data).toAbsolutePath().normalize();
  }

  public StoreChoice storeChoice() {
    return store.equals("sqlite")
        ? new StoreChoice.Sqlite()
        : new StoreChoice.Database(
            StoreChoice.Product.of(store).orElseThrow(),
            StoreChoice.address(storeUrl).orElseThrow(),
            storeDatabase,
            storeUser,
            file(storePasswordFile));
  }

  public BrokerChoice brokerChoice() {
    if (broker.equals("embedded")) {
      return new BrokerChoice.Embedded(mqtt.bind(), mqtt.port());
    }
    return new BrokerChoice.External(
        BrokerChoice.address(broker).orElseThrow(), brokerUser, file(brokerPasswordFile));
  }

  private static Optional<Path> file(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
  }
}
