package fr.vigie.server.delivery;

import fr.vigie.server.settings.AlertSettings.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts messages as JSON, signed. An answer of 2xx is a delivery; redirections are not followed,
 * and no answer is read beyond its head.
 */
final class Webhook implements Carrier {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Target target;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  Webhook(Target target, InstantSource clock) {
    this.target = target;
    this.clock = clock;
  }

  @Override
  public void carry(Message message) throws IOException {
    String body = body(message);
    long seconds = clock.instant().getEpochSecond();
    String secret = Secrets.firstLine(target.secret());
    HttpRequest request =
        HttpRequest.newBuilder(target.url())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", "vigie-server")
            .header("webhook-id", message.id())
            .header("webhook-timestamp", Long.toString(seconds))
            .header("webhook-signature", Secrets.signature(secret, message.id(), seconds, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      if (answer.statusCode() / 100 != 2) {
        throw new IOException("HTTP " + answer.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private String body(Message message) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", message.id());
    tree.put("type", "vigie.alert." + message.kind());
    tree.put("timestamp", message.created().toString());
    tree.put("title", message.title());
    tree.put("text", message.body());
    tree.put("data", message.data());
    return json.writeValueAsString(tree);
  }
}
