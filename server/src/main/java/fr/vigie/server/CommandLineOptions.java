package fr.vigie.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of the command, each of them one setting; values are checked with all the others. */
@Command(
    name = "vigie-server",
    sortOptions = false,
    versionProvider = Version.class,
    description = "Stores what the agents send and shows it on a page.",
    footer = {
      "",
      "Examples:",
      "  vigie-server --data /var/lib/vigie",
      "  vigie-server --port 0 --mqtt-port 0 --data /tmp/trial     any free ports, see server.json",
      "  vigie-server --broker tcp://broker.local:1883             Mosquitto, EMQX, HiveMQ, …",
      "  vigie-server --config /etc/vigie/server.yaml",
      "  vigie-server backup --data /var/lib/vigie --to /media/usb/vigie"
    })
final class CommandLineOptions {
  @Option(names = "--port", paramLabel = "PORT", description = "Port of the page (8080).")
  @Nullable String port;

  @Option(
      names = "--mqtt-port",
      paramLabel = "PORT",
      description = "Port of the embedded broker (1883).")
  @Nullable String mqttPort;

  @Option(names = "--data", paramLabel = "FOLDER", description = "Where data is kept (./data).")
  @Nullable String data;

  @Option(
      names = "--broker",
      paramLabel = "ADDRESS",
      description = "embedded (default), or tcp://host:port or ssl://host:port of another broker.")
  @Nullable String broker;

  @Option(
      names = "--broker-ca",
      paramLabel = "FILE",
      description = "PEM file of who vouches for an encrypted broker.")
  @Nullable String brokerCa;

  @Option(names = "--broker-user", paramLabel = "NAME", description = "Name for that broker.")
  @Nullable String brokerUser;

  @Option(
      names = "--broker-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  @Nullable String brokerPasswordFile;

  @Option(names = "--site", paramLabel = "NAME", description = "Site that the page shows (site).")
  @Nullable String site;

  @Option(names = "--config", paramLabel = "FILE", description = "YAML file of settings.")
  @Nullable String config;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  /** The options that were given, in the form in which Spring takes settings. */
  String[] settings() {
    List<String> settings = new ArrayList<>();
    add(settings, "server.port", port);
    add(settings, "vigie.mqtt.port", mqttPort);
    add(settings, "vigie.data", data);
    add(settings, "vigie.broker", broker);
    add(settings, "vigie.broker-ca", brokerCa);
    add(settings, "vigie.broker-user", brokerUser);
    add(settings, "vigie.broker-password-file", brokerPasswordFile);
    add(settings, "vigie.site", site);
    add(settings, "spring.config.additional-location", config == null ? null : "file:" + config);
    return settings.toArray(String[]::new);
  }

  Optional<String> configFile() {
    return Optional.ofNullable(config);
  }

  private static void add(List<String> settings, String name, @Nullable String value) {
    if (value != null) {
      settings.add("--" + name + '=' + value);
    }
  }
}
