package fr.vigie.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server that has a data folder, asked over its interface on this machine. */
final class RunningServer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private RunningServer(URI address) {
    this.address = address;
  }

  /**
   * @throws IOException when no server has the folder now
   */
  static RunningServer of(Path data) throws IOException {
    Path file = data.resolve("server.json");
    if (!Files.isReadable(file)) {
      throw new IOException(
          "no server runs on " + data + " (it has no server.json); start it, or say --data");
    }
    return new RunningServer(
        URI.create(JSON.readTree(Files.readString(file)).path("http").asString()));
  }

  String get(String path) throws IOException {
    return answer(HttpRequest.newBuilder().GET(), path);
  }

  String post(String path, Object body) throws IOException {
    return answer(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
        path);
  }

  private String answer(HttpRequest.Builder request, String path) throws IOException {
    String language = Locale.getDefault().getLanguage().equals("fr") ? "fr" : "en";
    try {
      HttpResponse<String> response =
          client.send(
              request
                  .uri(address.resolve(path))
                  .header("Accept-Language", language)
                  .timeout(Duration.ofMinutes(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(problem(response.body()));
      }
      return response.body();
    } catch (ConnectException e) {
      throw new IOException("no server answers at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** All that the server says is wrong, a line for each mistake. */
  private static String problem(String body) {
    JsonNode problem = JSON.readTree(body);
    StringBuilder text = new StringBuilder(problem.path("detail").asString());
    for (JsonNode mistake : problem.path("mistakes")) {
      text.append(System.lineSeparator())
          .append(mistake.path("key").asString())
          .append("  found '")
          .append(mistake.path("found").asString())
          .append("', wanted ")
          .append(mistake.path("wanted").asString());
    }
    return text.toString();
  }
}
