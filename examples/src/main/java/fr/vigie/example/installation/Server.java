package fr.vigie.example.installation;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server process, from its start until it is closed. */
public final class Server implements Closeable {
  private static final Duration START = Duration.ofSeconds(180);
  private static final JsonMapper JSON = new JsonMapper();

  private final Child child;
  private final int http;
  private final int mqtt;
  private final RestApi api;

  private Server(Child child, int http, int mqtt) {
    this.child = child;
    this.http = http;
    this.mqtt = mqtt;
    this.api = new RestApi(page());
  }

  /**
   * How a server is started.
   *
   * @param site the site that its page shows
   * @param port of the page, 0 for any free one
   * @param mqttPort of the embedded broker, 0 for any free one
   * @param broker {@code embedded}, or the address of a broker of its own
   * @param authorities who vouches for that broker, when it is encrypted
   */
  public record Settings(
      String site, int port, int mqttPort, String broker, Optional<Path> authorities) {
    public Settings(String site, int port, int mqttPort, String broker) {
      this(site, port, mqttPort, broker, Optional.empty());
    }

    public boolean isEmbedded() {
      return broker.equals("embedded");
    }

    List<String> options(Path data) {
      List<String> options = new ArrayList<>();
      options.addAll(List.of("--data", data.toString(), "--site", site));
      options.addAll(List.of("--port", Integer.toString(port)));
      if (isEmbedded()) {
        options.addAll(List.of("--mqtt-port", Integer.toString(mqttPort)));
      } else {
        options.addAll(List.of("--broker", broker));
      }
      authorities.ifPresent(file -> options.addAll(List.of("--broker-ca", file.toString())));
      return options;
    }
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws IOException when it ended, or is not ready after {@link #START}
   */
  public static Server start(Home home, Path data, Settings settings)
      throws IOException, InterruptedException {
    Files.createDirectories(data);
    Child child = home.server(settings.options(data), data.resolveSibling("server.log"));
    try {
      JsonNode[] ready = new JsonNode[1];
      boolean inTime =
          Waiting.until(
              START,
              () -> {
                child.mustLive();
                ready[0] = announced(data.resolve("server.json"));
                return ready[0].path("pid").asLong(-1) == child.pid();
              });
      if (!inTime) {
        throw new IOException("the server is not ready after " + START.toSeconds() + " s");
      }
      return new Server(child, port(ready[0], "http"), port(ready[0], "mqtt"));
    } catch (IOException | InterruptedException | RuntimeException e) {
      child.kill();
      throw e;
    }
  }

  /** Starts a server on ports that are given, and does not wait for it. */
  public static Server launch(Home home, Path data, Settings settings) throws IOException {
    Child child = home.server(settings.options(data), data.resolveSibling("server.log"));
    return new Server(child, settings.port(), settings.mqttPort());
  }

  public Child child() {
    return child;
  }

  public int httpPort() {
    return http;
  }

  /** Port of the embedded broker. */
  public int mqttPort() {
    return mqtt;
  }

  /** The page. */
  public URI page() {
    return URI.create("http://127.0.0.1:" + http + "/");
  }

  public RestApi api() {
    return api;
  }

  @Override
  public void close() throws IOException {
    child.close();
  }

  /** The port of an address such as {@code http://127.0.0.1:8080/}. */
  private static int port(JsonNode announced, String key) {
    return URI.create(announced.path(key).asString("")).getPort();
  }

  private static JsonNode announced(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (NoSuchFileException | JacksonException e) {
      return JSON.createObjectNode();
    }
  }
}
