package fr.vigie.server.delivery;

import com.sun.net.httpserver.HttpServer;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.server.settings.AlertSettings;
import fr.vigie.server.settings.VigieSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** A queue in a real database, and a program that is told by real HTTP on a free port. */
public final class Mailroom implements AutoCloseable {
  /** The key of the example in the Standard Webhooks specification. */
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  public Instant now = Instant.parse("2026-11-24T10:00:00Z");
  public final VigieSettings settings;
  public final PlantDatabase database;
  final List<Received> received = new CopyOnWriteArrayList<>();
  volatile int answer = 204;
  private final Map<String, String> alerts = new HashMap<>();
  private final HttpServer server;

  /** What came by webhook. */
  record Received(String id, String seconds, String signature, String type, String body) {}

  public Mailroom(Path folder) throws IOException {
    settings = bind("vigie", VigieSettings.class, Map.of("vigie.data", folder.toString()));
    database = new PlantDatabase(settings);
    Path secret = Files.writeString(folder.resolve("mes.secret"), SECRET + "\n");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(
              new Received(
                  exchange.getRequestHeaders().getFirst("webhook-id"),
                  exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                  exchange.getRequestHeaders().getFirst("webhook-signature"),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  new String(body, StandardCharsets.UTF_8)));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
    set("vigie.alerts.to.mes.webhook", "http://127.0.0.1:" + server.getAddress().getPort() + "/in");
    set("vigie.alerts.to.mes.secret-file", secret.toString());
  }

  public void set(String name, String value) {
    alerts.put(name, value);
  }

  public AlertSettings alertSettings() {
    return bind("vigie.alerts", AlertSettings.class, alerts);
  }

  public Outgoing outgoing() {
    return new Outgoing(database, () -> now);
  }

  public Carriers carriers() {
    return new Carriers(alertSettings(), () -> now);
  }

  public Dispatch dispatch() {
    return new Dispatch(outgoing(), carriers(), alertSettings(), words(), () -> now);
  }

  public static ResourceBundleMessageSource words() {
    ResourceBundleMessageSource words = new ResourceBundleMessageSource();
    words.setBasename("messages");
    words.setDefaultEncoding("UTF-8");
    words.setFallbackToSystemLocale(false);
    words.setAlwaysUseMessageFormat(true);
    return words;
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
  }

  @Override
  public void close() {
    server.stop(0);
    try {
      Files.deleteIfExists(settings.folder().resolve("mes.secret"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
