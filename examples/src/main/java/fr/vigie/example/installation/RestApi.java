package fr.vigie.example.installation;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's REST API, as far as a demo, a replay and a check need it. */
public final class RestApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PAGE = 200_000;

  /** An agent's clock may be ahead of the server's. */
  private static final String EVER = "&to=2100-01-01T00:00:00Z";

  private final URI root;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  RestApi(URI root) {
    this.root = root;
  }

  /**
   * A loss that an agent declared.
   *
   * @param source the sensor, or {@code *} for every sensor of the agent
   * @param count readings, negative when nobody can know
   * @param reason such as {@code device-gap}
   */
  public record Loss(
      String agent, String source, Instant from, Instant to, long count, String reason) {}

  /**
   * Describes a machine.
   *
   * @throws IOException with the server's words when it refuses
   */
  public void putMachine(String name, Map<String, Object> tree)
      throws IOException, InterruptedException {
    put("api/v1/machines/" + name, tree);
  }

  /** Describes the site: its time zone and shifts. */
  public void putSite(Map<String, Object> tree) throws IOException, InterruptedException {
    put("api/v1/site", tree);
  }

  private void put(String path, Map<String, Object> tree) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(tree)))
            .build();
    HttpResponse<String> response = send(request);
    if (response.statusCode() / 100 != 2) {
      throw refused(request, response);
    }
  }

  /** The figures of a machine over a span. */
  public JsonNode figures(String machine, Instant from, Instant to)
      throws IOException, InterruptedException {
    return get("api/v1/machines/" + machine + "/figures?from=" + from + "&to=" + to);
  }

  /** What the server says of its own health, whatever its verdict. */
  public JsonNode health() throws IOException, InterruptedException {
    return answer("actuator/health");
  }

  /** Every agent that the server has heard of. */
  public JsonNode agents() throws IOException, InterruptedException {
    return get("api/v1/agents");
  }

  /** A meter's first measurement, such as {@code vigie.ingest.dead.letters}; 0 without one. */
  public double meter(String name) throws IOException, InterruptedException {
    return answer("actuator/metrics/" + name)
        .path("measurements")
        .path(0)
        .path("value")
        .asDouble(0);
  }

  /** The machine as it is now. */
  public JsonNode live(String machine) throws IOException, InterruptedException {
    return get("api/v1/machines/" + machine + "/live");
  }

  /** Whether a text stands on the page of machines. */
  public boolean pageShows(String text) throws IOException, InterruptedException {
    HttpRequest request = request("").GET().build();
    HttpResponse<String> response = send(request);
    return response.statusCode() == 200 && response.body().contains(text);
  }

  /** Every sample of a series, in the store's order; none when the store knows no such series. */
  public List<Sample> samples(String machine, String signal)
      throws IOException, InterruptedException {
    String path =
        "api/v1/series/" + machine + '/' + encoded(signal) + "/samples?limit=" + PAGE + EVER;
    List<Sample> samples = new ArrayList<>();
    String from = "";
    while (true) {
      HttpRequest request = request(path + from).GET().build();
      HttpResponse<String> response = send(request);
      if (response.statusCode() == 404) {
        return samples;
      }
      JsonNode page = read(request, response);
      page.path("samples").forEach(sample -> samples.add(sample(sample)));
      if (!page.path("truncated").asBoolean(false)) {
        return samples;
      }
      from = "&from=" + page.path("next").asString("");
    }
  }

  /** Names of the signals of which the store holds a sample. */
  public List<String> signals(String machine) throws IOException, InterruptedException {
    List<String> signals = new ArrayList<>();
    for (JsonNode series : get("api/v1/series")) {
      if (series.path("machine").asString("").equals(machine)) {
        signals.add(series.path("signal").asString(""));
      }
    }
    return signals;
  }

  public List<Loss> losses(Instant from, Instant to) throws IOException, InterruptedException {
    List<Loss> losses = new ArrayList<>();
    String path = "api/v1/losses?limit=10000&from=" + from + "&to=" + to + "&skip=";
    for (int skip = 0; skip >= 0; ) {
      JsonNode page = get(path + skip);
      for (JsonNode loss : page.path("losses")) {
        losses.add(
            new Loss(
                loss.path("agent").asString(""),
                loss.path("source").asString(""),
                Instant.parse(loss.path("from").asString("")),
                Instant.parse(loss.path("to").asString("")),
                loss.path("count").asLong(-1),
                loss.path("reason").asString("")));
      }
      skip = page.path("next").isNumber() ? page.path("next").asInt() : -1;
    }
    return losses;
  }

  private static Sample sample(JsonNode sample) {
    Instant time = Instant.parse(sample.path("time").asString(""));
    String quality = sample.path("quality").asString("good");
    Quality said = Quality.valueOf(quality.toUpperCase(Locale.ROOT).replace('-', '_'));
    JsonNode value = sample.path("value");
    if (said == Quality.MISSING) {
      return Sample.missing(time);
    }
    return new Sample(
        time, value.isString() ? Value.of(value.asString("")) : Value.of(value.asDouble(0)), said);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = request(path).GET().build();
    return read(request, send(request));
  }

  private JsonNode answer(String path) throws IOException, InterruptedException {
    String body = send(request(path).GET().build()).body();
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new IOException("the server does not answer at " + request.uri(), e);
    }
  }

  private static JsonNode read(HttpRequest request, HttpResponse<String> response)
      throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw refused(request, response);
    }
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new IOException(request.uri() + " answered what is not JSON", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve("/" + path)).timeout(PATIENCE);
  }

  private static IOException refused(HttpRequest request, HttpResponse<String> response) {
    return new IOException(
        "the server answered "
            + response.statusCode()
            + " to "
            + request.method()
            + ' '
            + request.uri().getPath()
            + ": "
            + response.body().strip());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
