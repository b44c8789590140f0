package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole way: a rule by HTTP, samples, the alert's own threads, and a webhook. */
class AlertApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RULE =
      """
      {"rules": [{"name": "hot", "machines": ["press"], "to": ["mes"], "severity": "critical",
        "when": {"signal": "temp", "above": 80, "clear": 75}}]}
      """;

  @TempDir Path data;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private HttpServer mes;
  private Workshop workshop;

  @BeforeEach
  void open() throws IOException {
    mes = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mes.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    mes.start();
    Path secret =
        Files.writeString(data.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    workshop =
        new Workshop(
            data,
            "--vigie.alerts.language=en",
            "--vigie.alerts.to.mes.webhook=http://127.0.0.1:" + mes.getAddress().getPort() + "/",
            "--vigie.alerts.to.mes.secret-file=" + secret);
    workshop.put(
        "/api/v1/machines/press",
        "{\"label\": \"Press\", \"state\": {\"signal\": \"state\", \"values\": {\"A\": \"running\"}}}");
    workshop.online("press");
  }

  @AfterEach
  void close() {
    workshop.close();
    mes.stop(0);
  }

  @Test
  void anAlertIsRaisedToldAcknowledgedAndEnded() throws Exception {
    assertThat(workshop.put("/api/v1/alert-rules", RULE).statusCode()).isEqualTo(200);
    assertThat(json(workshop.get("/api/v1/alert-rules")).at("/rules/0/name").asString())
        .isEqualTo("hot");
    workshop.send("press", "temp", Sample.good(workshop.now().minusSeconds(1), 90));

    JsonNode told = next();
    assertThat(told.at("/type").asString()).isEqualTo("vigie.alert.raised");
    assertThat(told.at("/title").asString()).isEqualTo("[critical] Press: temp above 80");
    String id = told.at("/data/alert").asString();
    JsonNode alert = json(workshop.get("/api/v1/alerts?state=raised")).at("/0");
    assertThat(alert.at("/id").asString()).isEqualTo(id);
    assertThat(alert.at("/subject").asString()).isEqualTo("press");
    assertThat(alert.at("/cleared").isNull()).isTrue();

    String acknowledgement = "/api/v1/alerts/" + id + "/acknowledgement";
    HttpResponse<String> seen = workshop.post(acknowledgement, "{\"by\": \"Shift A\"}");
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(json(seen).at("/state").asString()).isEqualTo("acknowledged");
    assertThat(json(seen).at("/acknowledged/by").asString()).isEqualTo("Shift A");
    assertThat(workshop.post(acknowledgement, "{\"by\": \"B\"}").statusCode()).isEqualTo(409);
    assertThat(workshop.post(acknowledgement, "{}").statusCode()).isEqualTo(400);
    assertThat(workshop.post("/api/v1/alerts/x/acknowledgement", "{\"by\": \"B\"}").statusCode())
        .isEqualTo(404);

    workshop.send("press", "temp", Sample.good(workshop.now(), 70));
    assertThat(next().at("/type").asString()).isEqualTo("vigie.alert.cleared");
    assertThat(json(workshop.get("/api/v1/alerts?state=cleared")).at("/0/id").asString())
        .isEqualTo(id);
    assertThat(json(workshop.get("/api/v1/alert-messages?limit=1")).at("/0/kind").asString())
        .isEqualTo("cleared");
  }

  @Test
  void aTestMessageSaysWhetherItArrived() throws Exception {
    JsonNode sent = json(workshop.post("/api/v1/alert-rules/test-message", "{\"to\": \"mes\"}"));
    assertThat(sent.at("/state").asString()).isEqualTo("sent");
    assertThat(next().at("/id").asString()).isEqualTo(sent.at("/id").asString());

    mes.stop(0);
    JsonNode failed = json(workshop.post("/api/v1/alert-rules/test-message", "{\"to\": \"mes\"}"));
    assertThat(failed.at("/state").asString()).isEqualTo("given-up");
    assertThat(failed.at("/trouble").asString()).isNotEmpty();
    assertThat(
            workshop
                .post("/api/v1/alert-rules/test-message", "{\"to\": \"http://a/\"}")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void mistakesInRulesAreToldAtOnceAndChangeNothing() {
    workshop.put("/api/v1/alert-rules", RULE);

    HttpResponse<String> answer =
        workshop.put(
            "/api/v1/alert-rules",
            "{\"rules\": [{\"name\": \"a\", \"to\": [\"x\"], \"when\": {\"figure\": \"OEE\"}}]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/mistakes")).hasSize(3);
    assertThat(answer.body()).contains("rules[0].when.figure", "one of TRS, DO, TP, TQ, coverage");
    assertThat(json(workshop.get("/api/v1/alert-rules")).at("/rules")).hasSize(1);
    assertThat(workshop.get("/api/v1/alerts?state=loud").statusCode()).isEqualTo(400);
    assertThat(workshop.get("/api/v1/alert-messages?state=loud").statusCode()).isEqualTo(400);
  }

  private JsonNode next() throws InterruptedException {
    String body = received.poll(Duration.ofSeconds(60).toMillis(), TimeUnit.MILLISECONDS);
    assertThat(body).as("nothing came within a minute").isNotNull();
    return JSON.readTree(body);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
