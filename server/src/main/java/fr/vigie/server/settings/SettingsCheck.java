package fr.vigie.server.settings;

import fr.vigie.signal.Names;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;

/** Reads every setting once, before anything is opened, and names all mistakes at once. */
public final class SettingsCheck {
  private static final List<String> KNOWN =
      List.of(
          "vigie.site",
          "vigie.data",
          "vigie.store",
          "vigie.store-url",
          "vigie.store-database",
          "vigie.store-user",
          "vigie.store-password-file",
          "vigie.broker",
          "vigie.broker-ca",
          "vigie.broker-user",
          "vigie.broker-password-file",
          "vigie.skew-limit",
          "vigie.mqtt.bind",
          "vigie.mqtt.port",
          "vigie.keep.gauges",
          "vigie.keep.counters",
          "vigie.keep.states",
          "vigie.keep.events",
          "vigie.keep.windows");
  private static final String LOOPBACK =
      "a loopback address such as 127.0.0.1: this version has no accounts yet and listens to this"
          + " machine only";
  private static final String NAME =
      "1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit";
  private static final String PORT = "a port from 0 to 65535, 0 for any free one";

  private final Environment environment;
  private final List<Mistake> mistakes = new ArrayList<>();

  private SettingsCheck(Environment environment) {
    this.environment = environment;
  }

  /**
   * Makes the data folder when it is missing.
   *
   * @throws ConfigurationMistakes when there is at least one
   */
  public static void check(Environment environment) {
    SettingsCheck check = new SettingsCheck(environment);
    check.all();
    if (!check.mistakes.isEmpty()) {
      throw new ConfigurationMistakes(check.mistakes);
    }
  }

  private void all() {
    unknown();
    one("vigie.site", Names::isName, NAME);
    store();
    one(
        "vigie.broker",
        text -> text.equals("embedded") || BrokerChoice.address(text).isPresent(),
        "embedded, or an address such as tcp://broker.local:1883 or ssl://broker.local:8883");
    one(
        "vigie.broker-ca",
        text -> text.isEmpty() || isReadable(text),
        "a PEM file that can be read");
    one(
        "vigie.broker-password-file",
        text -> text.isEmpty() || isReadable(text),
        "a file that can be read");
    one("vigie.skew-limit", SettingsCheck::isDuration, "a duration such as 30s, 2m or 1h");
    one("vigie.mqtt.bind", SettingsCheck::isLoopback, LOOPBACK);
    one("server.address", SettingsCheck::isLoopback, LOOPBACK);
    one("vigie.mqtt.port", SettingsCheck::isPort, PORT);
    one("server.port", SettingsCheck::isPort, PORT);
    for (String name : KNOWN) {
      if (name.startsWith("vigie.keep.")) {
        one(name, text -> KeptFor.of(text).isPresent(), KeptFor.WANTED);
      }
    }
    new AlertSettingsCheck(this).all();
    one("vigie.data", SettingsCheck::isFolder, "a folder that this user may write to");
  }

  private void store() {
    Predicate<String> isDatabase = text -> StoreChoice.Product.of(text).isPresent();
    String store = find("vigie.store").map(it -> String.valueOf(it.getValue())).orElse("sqlite");
    boolean database = isDatabase.test(store);
    one("vigie.store", isDatabase.or("sqlite"::equals), "sqlite, influx or victoria");
    String wanted = "an address such as http://127.0.0.1:8086";
    if (store.equals("sqlite")) {
      wanted = "none while vigie.store is sqlite";
    } else if (database && find("vigie.store-url").isEmpty()) {
      mistakes.add(
          new Mistake("settings", "vigie.store-url", "", wanted + " for vigie.store=" + store));
    }
    one(
        "vigie.store-url",
        text -> store.equals("sqlite") ? text.isEmpty() : StoreChoice.address(text).isPresent(),
        wanted);
    one("vigie.store-database", Names::isName, NAME);
    one(
        "vigie.store-password-file",
        text -> text.isEmpty() || isReadable(text),
        "a file that can be read");
  }

  private void unknown() {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names) {
        for (ConfigurationPropertyName name : names) {
          String text = name.toString();
          ConfigurationProperty property = source.getConfigurationProperty(name);
          if (text.startsWith("vigie.")
              && !KNOWN.contains(text)
              && !AlertSettingsCheck.isKnown(text)
              && property != null
              && line(property).isPresent()) {
            mistakes.add(
                new Mistake(where(property), text, String.valueOf(property.getValue()), wanted()));
          }
        }
      }
    }
  }

  private static String wanted() {
    TreeSet<String> known = new TreeSet<>(KNOWN);
    known.addAll(AlertSettingsCheck.KNOWN);
    known.add(AlertSettingsCheck.ONE_RECIPIENT);
    return "one of the settings " + String.join(", ", known);
  }

  /** Every name that is set anywhere. */
  List<String> names() {
    List<String> all = new ArrayList<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names) {
        names.forEach(name -> all.add(name.toString()));
      }
    }
    return all;
  }

  /** What is set; empty when nothing is. */
  String text(String name) {
    return find(name).map(it -> String.valueOf(it.getValue())).orElse("");
  }

  void missing(String name, String wanted) {
    mistakes.add(new Mistake("settings", name, "", wanted));
  }

  void one(String name, Predicate<String> right, String wanted) {
    find(name)
        .filter(property -> !right.test(String.valueOf(property.getValue())))
        .ifPresent(
            property ->
                mistakes.add(
                    new Mistake(
                        where(property), name, String.valueOf(property.getValue()), wanted)));
  }

  private Optional<ConfigurationProperty> find(String name) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty property =
          source.getConfigurationProperty(ConfigurationPropertyName.of(name));
      if (property != null) {
        return Optional.of(property);
      }
    }
    return Optional.empty();
  }

  private static String where(ConfigurationProperty property) {
    ConfigurationPropertySource source = property.getSource();
    String name = source == null ? "" : String.valueOf(source.getUnderlyingSource());
    return line(property).orElse(name.contains("commandLineArgs") ? "command line" : "environment");
  }

  private static Optional<String> line(ConfigurationProperty property) {
    Origin origin = property.getOrigin();
    if (origin instanceof PropertySourceOrigin inSource) {
      origin = inSource.getOrigin();
    }
    if (origin instanceof TextResourceOrigin text
        && text.getResource() != null
        && text.getLocation() != null) {
      String file = text.getResource().getFilename();
      return Optional.of(file + ":" + (text.getLocation().getLine() + 1));
    }
    return Optional.empty();
  }

  static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
  }

  static boolean isDuration(String text) {
    try {
      return !DurationStyle.detectAndParse(text).isNegative();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isLoopback(String text) {
    try {
      return !text.isBlank() && InetAddress.getByName(text).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  static boolean isReadable(String text) {
    try {
      return Files.isReadable(Path.of(text)) && Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isFolder(String text) {
    try {
      Path folder = Path.of(text);
      Files.createDirectories(folder);
      return !text.isBlank() && Files.isWritable(folder);
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }
}
