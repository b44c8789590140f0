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

/** A press that stands a quarter of an hour and then makes a part each 50 s, at 45 EUR an hour. */
class AnalysisApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final String SPAN = "?from=2026-11-24T06:00:00Z&to=2026-11-24T07:00:00Z";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    HttpResponse<String> site =
        workshop.put(
            "/api/v1/site",
            """
            {"zone": "Europe/Paris", "changeover": "outside", "mtbf": "iso22400",
             "shifts": [{"name": "Matin", "from": "05:00", "to": "13:00"}]}""");
    assertThat(site.statusCode()).as(site.body()).isEqualTo(200);
    describe("press", "60s");
    workshop.online("press");
    workshop.send(
        "press",
        "state",
        Sample.good(START, "READY"),
        Sample.good(START.plusSeconds(900), "ACTIVE"));
    Sample[] parts = new Sample[51];
    for (int i = 0; i <= 50; i++) {
      parts[i] = Sample.good(START.plusSeconds(901 + i * 50L), i);
    }
    workshop.send("press", "parts", parts);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  private static void describe(String name, String cycle) {
    HttpResponse<String> answer =
        workshop.put(
            "/api/v1/machines/" + name,
            """
            {"shifts": "none", "parts": {"counter": "parts"}, "reference-cycle": "%s",
             "cost-per-hour": 45,
             "state": {"signal": "state", "values": {"ACTIVE": "running", "READY": "idle"}}}"""
                .formatted(cycle));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private static JsonNode get(String question, String... headers) {
    HttpResponse<String> answer = workshop.get("/api/v1/machines/press/" + question, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void lossesAddUpAndHaveTheirPrice() {
    JsonNode losses = get("losses" + SPAN);

    assertThat(losses.at("/unexplained/seconds").asDouble()).isEqualTo(900);
    assertThat(losses.at("/unexplained/cost/amount").asDouble()).isEqualTo(11.25);
    assertThat(losses.at("/unexplained/cost/currency").asString()).isEqualTo("EUR");
    assertThat(losses.at("/losses/reduced-speed/seconds").asDouble()).isEqualTo(2700 - 50 * 60);
    assertThat(losses.at("/lost/seconds").asDouble()).isEqualTo(600);
    assertThat(losses.at("/losses").propertyNames())
        .containsExactly(
            "breakdowns", "setup", "minor-stops", "reduced-speed", "defects", "start-up");
    assertThat(losses.at("/pareto/bars/0/reason").isNull()).isTrue();
    assertThat(losses.at("/pareto/bars/0/count").asInt()).isEqualTo(1);
    assertThat(losses.at("/pareto/bars/0/classA").asBoolean()).isTrue();
  }

  @Test
  void machineWithoutAFailureHasALowerBound() {
    JsonNode reliability = get("losses" + SPAN).at("/reliability");

    assertThat(reliability.at("/failures").asInt()).isZero();
    assertThat(reliability.at("/mtbfSeconds").asDouble()).isEqualTo(2700);
    assertThat(reliability.at("/mtbfAtLeastSeconds").asDouble()).isBetween(901.0, 902.0);
    assertThat(reliability.at("/mttrSeconds").isNull()).isTrue();
    assertThat(reliability.at("/explained/ratio").asDouble()).isZero();
  }

  @Test
  void paretoIsInTheOrderThatIsAskedFor() {
    assertThat(get("losses" + SPAN + "&by=mean").at("/pareto/by").asString()).isEqualTo("mean");
    HttpResponse<String> answer =
        workshop.get("/api/v1/machines/press/losses?by=luck", "Accept-Language", "en");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("duration, count, mean");
  }

  /** The first count has no part before it from which its time could be taken. */
  @Test
  void cyclesProposeAReference() {
    JsonNode product = get("cycles" + SPAN).at("/products/0");

    assertThat(product.at("/product").isNull()).isTrue();
    assertThat(product.at("/count").asInt()).isEqualTo(49);
    assertThat(product.at("/referenceSeconds").asDouble()).isEqualTo(60);
    assertThat(product.at("/proposalSeconds").asDouble()).isEqualTo(50);
    assertThat(product.at("/histogram/bins/0").asInt()).isEqualTo(49);
  }

  @Test
  void figuresBearTheConventionAndWhatAReaderHasToKnow() {
    JsonNode figures = get("figures" + SPAN, "Accept-Language", "en");

    assertThat(figures.at("/convention/changeover").asString()).isEqualTo("outside");
    assertThat(figures.at("/convention/mtbf").asString()).isEqualTo("iso22400");
    assertThat(figures.at("/convention/mtbfTime").asString()).isEqualTo("operating");
    assertThat(figures.at("/otherChangeover").isNull()).isTrue();
    assertThat(figures.at("/remarks/0/code").asString()).isEqualTo("reference-too-long");
    assertThat(figures.at("/remarks/0/text").asString()).startsWith("More parts than");
    assertThat(get("figures" + SPAN, "Accept-Language", "fr").at("/remarks/0/text").asString())
        .startsWith("Plus de pièces");
    assertThat(figures.at("/iso22400/PBT").asDouble()).isEqualTo(3600);
    assertThat(figures.at("/iso22400/effectiveness/flags/0").asString()).isEqualTo("over-100");
    assertThat(figures.at("/iso22400/oee/ratio").asDouble())
        .isEqualTo(figures.at("/TRS/ratio").asDouble());
    assertThat(figures.at("/iso22400/throughputPerHour").isNull()).isTrue();
    assertThat(figures.at("/products/0/netSeconds").asDouble()).isEqualTo(3000);
  }

  @Test
  void monthWithoutAnySampleIsAnswered() {
    String may = "?from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z";

    JsonNode figures = get("figures" + may);
    JsonNode losses = get("losses" + may);

    assertThat(figures.at("/trsRefused").asString()).isEqualTo("low-coverage");
    assertThat(figures.toString()).doesNotContain("NaN");
    assertThat(losses.at("/unobserved/seconds").asDouble()).isEqualTo(31 * 86_400);
    assertThat(losses.at("/reliability/mtbfAtLeastSeconds").isNull()).isTrue();
    assertThat(losses.toString()).doesNotContain("NaN");
    assertThat(get("cycles" + may).at("/products").size()).isZero();
  }

  @Test
  void textsOfRemarksHaveNoDoubledApostrophe() throws IOException {
    HttpResponse<String> answer =
        workshop.post(
            "/api/v1/machines/press/declarations",
            "{\"parts\": 60, \"at\": \"2026-11-24T06:30:00Z\", \"by\": \"x\"}");
    assertThat(answer.statusCode()).isEqualTo(201);

    JsonNode remarks = get("figures" + SPAN, "Accept-Language", "fr").at("/remarks");

    assertThat(remarks.findValuesAsString("code")).contains("rejects-above-production");
    assertThat(remarks.toString()).contains("qu'il n'en").doesNotContain("''");
    long id = JSON.readTree(answer.body()).at("/id").asLong();
    workshop.post("/api/v1/machines/press/declarations/" + id + "/withdrawal", "{\"by\": \"x\"}");
  }
}
