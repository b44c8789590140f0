package fr.vigie.server.settings;

import java.nio.file.Path;
import java.time.Duration;
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
 * @param broker {@code embedded}, or the address {@code tcp://host:port} or {@code ssl://host:port}
 *     of a broker
 * @param brokerCa a PEM file of who vouches for an encrypted broker; empty for the authorities that
 *     the Java runtime knows
 * @param brokerUser the name under which to enter a broker of its own; empty for none
 * @param brokerPasswordFile a file whose first line is the password; empty for none
 * @param skewLimit how far an agent's times may be from the server's before that is told
 * @param mqtt where the embedded broker listens
 * @param keep how long samples are kept, by kind of signal
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
    @DefaultValue("") String brokerCa,
    @DefaultValue("") String brokerUser,
    @DefaultValue("") String brokerPasswordFile,
    @DefaultValue("2m") Duration skewLimit,
    @DefaultValue Mqtt mqtt,
    @DefaultValue Keep keep) {
  /**
   * @param bind a loopback address
   * @param port 0 for any free one
   */
  public record Mqtt(@DefaultValue("127.0.0.1") String bind, @DefaultValue("1883") int port) {}

  /**
   * Each a text of {@link KeptFor}.
   *
   * @param windows figures over windows of numbers that are gone
   */
  public record Keep(
      @DefaultValue("forever") String gauges,
      @DefaultValue("forever") String counters,
      @DefaultValue("forever") String states,
      @DefaultValue("forever") String events,
      @DefaultValue("forever") String windows) {
    /** Whether anything may ever be dropped. */
    public boolean anything() {
      return !(gaugesFor().isForEver()
          && countersFor().isForEver()
          && statesFor().isForEver()
          && eventsFor().isForEver());
    }

    public KeptFor gaugesFor() {
      return KeptFor.of(gauges).orElseThrow();
    }

    public KeptFor countersFor() {
      return KeptFor.of(counters).orElseThrow();
    }

    public KeptFor statesFor() {
      return KeptFor.of(states).orElseThrow();
    }

    public KeptFor eventsFor() {
      return KeptFor.of(events).orElseThrow();
    }

    public KeptFor windowsFor() {
      return KeptFor.of(windows).orElseThrow();
    }
  }

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
        BrokerChoice.address(broker).orElseThrow(),
        file(brokerCa),
        brokerUser,
        file(brokerPasswordFile));
  }

  private static Optional<Path> file(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
  }
}
