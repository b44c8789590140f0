package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people write about a press that runs for an hour and makes a part a minute. */
class LogbookApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final String SPAN = "?from=2026-11-24T06:00:00Z&to=2026-11-24T07:00:00Z";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() {
    workshop = new Workshop(data);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  private static String machine(String name) throws IOException {
    HttpResponse<String> answer =
        workshop.put(
            "/api/v1/machines/" + name,
            """
            {"shifts": "none", "parts": {"counter": "parts"},
             "products": {"A": {"reference-cycle": "60s"}, "B": {"reference-cycle": "30s"}},
             "state": {"signal": "state", "values": {"ACTIVE": "running"}}}""");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    workshop.online(name);
    workshop.send(name, "state", Sample.good(START, "ACTIVE"));
    Sample[] parts = new Sample[61];
    for (int i = 0; i <= 60; i++) {
      parts[i] = Sample.good(START.plusSeconds(i * 60L - 1), i);
    }
    workshop.send(name, "parts", parts);
    return "/api/v1/machines/" + name;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private static JsonNode figures(String machine) {
    return json(workshop.get(machine + "/figures" + SPAN));
  }

  @Test
  void eachProductCountsAtItsOwnReference() throws IOException {
    String press = machine("press");
    assertThat(figures(press).at("/trsRefused").asString()).isEqualTo("no-reference-cycle");

    HttpResponse<String> first =
        workshop.post(
            press + "/orders",
            "{\"product\": \"A\", \"start\": \"2026-11-24T06:00:00Z\","
                + " \"reference\": \"OF 4711\", \"by\": \"équipe du matin\"}");
    workshop.post(
        press + "/orders",
        "{\"product\": \"B\", \"start\": \"2026-11-24T06:30:00Z\", \"by\": \"x\"}");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(json(first).at("/written/by").asString()).isEqualTo("équipe du matin");
    assertThat(figures(press).at("/TRS/numerator").asDouble()).isEqualTo(30 * 60 + 30 * 30);
    JsonNode orders = json(workshop.get(press + "/orders" + SPAN));
    assertThat(orders.size()).isEqualTo(2);
    assertThat(orders.at("/0/reference").asString()).isEqualTo("OF 4711");
    assertThat(orders.at("/0/end").isNull()).isTrue();
  }

  @Test
  void scrapDeclaredLaterLowersTheQualityOfItsTimeUntilItIsTakenBack() throws IOException {
    String lathe = machine("lathe");
    workshop.post(
        lathe + "/orders",
        "{\"product\": \"A\", \"start\": \"2026-11-24T05:00:00Z\", \"by\": \"x\"}");
    assertThat(figures(lathe).at("/TQ/ratio").asDouble()).isEqualTo(1);

    JsonNode scrap =
        json(
            workshop.post(
                lathe + "/declarations",
                "{\"kind\": \"scrap\", \"parts\": 6, \"at\": \"2026-11-24T06:20:00Z\","
                    + " \"note\": \"bavures\", \"by\": \"qualité\"}"));
    assertThat(figures(lathe).at("/TQ/ratio").asDouble()).isEqualTo(0.9);
    assertThat(figures(lathe).at("/good").asInt()).isEqualTo(54);

    String withdrawal = lathe + "/declarations/" + scrap.at("/id").asLong() + "/withdrawal";
    assertThat(workshop.post(withdrawal, "{}").statusCode()).isEqualTo(400);
    assertThat(workshop.post(withdrawal, "{\"by\": \"qualité\"}").statusCode()).isEqualTo(204);
    assertThat(workshop.post(withdrawal, "{\"by\": \"qualité\"}").statusCode()).isEqualTo(404);
    assertThat(figures(lathe).at("/TQ/ratio").asDouble()).isEqualTo(1);
    JsonNode kept = json(workshop.get(lathe + "/declarations" + SPAN));
    assertThat(kept.at("/0/note").asString()).isEqualTo("bavures");
    assertThat(kept.at("/0/written/withdrawnBy").asString()).isEqualTo("qualité");
  }

  @Test
  void orderThatIsTakenBackOrdersNothing() throws IOException {
    String saw = machine("saw");
    JsonNode order =
        json(
            workshop.post(
                saw + "/orders",
                "{\"product\": \"A\", \"start\": \"2026-11-24T05:00:00Z\", \"by\": \"x\"}"));
    assertThat(figures(saw).at("/trsRefused").isNull()).isTrue();

    workshop.post(saw + "/orders/" + order.at("/id").asLong() + "/withdrawal", "{\"by\": \"x\"}");

    assertThat(figures(saw).at("/trsRefused").asString()).isEqualTo("no-reference-cycle");
  }

  @Test
  void everyMistakeOfAnEntryIsToldAtOnceAndNothingIsWritten() throws IOException {
    String mill = machine("mill");

    JsonNode order =
        json(
            workshop.post(
                mill + "/orders",
                "{\"product\": \"C\", \"start\": \"2026-11-24T06:00:00Z\","
                    + " \"end\": \"2026-11-24T06:00:00Z\", \"colour\": 1}"));
    JsonNode scrap =
        json(
            workshop.post(
                mill + "/declarations",
                "{\"kind\": \"lost\", \"parts\": 0.5, \"at\": \"2036-11-24T06:00:00Z\"}"));

    assertThat(order.at("/mistakes").findValuesAsString("key"))
        .containsExactlyInAnyOrder("product", "end", "by", "colour");
    assertThat(order.at("/mistakes").findValuesAsString("wanted"))
        .contains("a product of the machine's description: A, B");
    assertThat(scrap.at("/mistakes").findValuesAsString("key"))
        .containsExactlyInAnyOrder("kind", "parts", "at", "by");
    assertThat(json(workshop.get(mill + "/orders" + SPAN)).size()).isZero();
    assertThat(json(workshop.get(mill + "/declarations" + SPAN)).size()).isZero();
    assertThat(workshop.get("/api/v1/machines/none/orders").statusCode()).isEqualTo(404);
  }
}
