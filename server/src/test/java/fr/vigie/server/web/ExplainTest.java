package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.signal.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
  private static final String SPAN = "?from=2026-11-24T05:00:00Z&to=2026-11-24T07:00:00Z";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    workshop.put("/api/v1/machines/press", described("reference-cycle: 20s"));
    workshop.put("/api/v1/machines/untimed", described(""));
    workshop.put(
        "/api/v1/machines/duo",
        described("reference-cycle: 20s")
            .replace(
                "\"shifts\"",
                "\"products\": {\"A\": {\"reference-cycle\": \"20s\"},"
                    + " \"B\": {\"reference-cycle\": \"35s\"}}, \"shifts\""));
    order("A", "2026-11-24T05:00:00Z");
    order("B", "2026-11-24T06:00:00Z");
    for (String machine : List.of("press", "untimed", "duo")) {
      workshop.online(machine);
      say(machine, new Random(20261128));
    }
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void everyFigureFollowsFromWhatIsShownUnderIt() {
    for (JsonNode figure : json("/api/v1/explain")) {
      JsonNode opened = opened("press", figure.at("/figure").asString());
      assertThat(opened.at("/title").asString()).isNotBlank();
      follows(opened);
    }
  }

  @Test
  void openedRateIsTheOneOfTheFigures() {
    JsonNode figures = json("/api/v1/machines/press/figures" + SPAN);

    for (String rate : List.of("TRS", "TRG", "TRE", "DO", "TP", "TQ")) {
      assertThat(opened("press", rate).at("/value").asDouble())
          .as(rate)
          .isEqualTo(figures.at('/' + rate + "/ratio").asDouble());
    }
  }

  @Test
  void timesOfPartsAreOpenedProductByProduct() {
    JsonNode useful = opened("duo", "tU");

    assertThat(useful.at("/operation").asString()).isEqualTo("sum");
    assertThat(useful.at("/inputs").findValuesAsString("figure")).contains("tU@A", "tU@B");
    follows(useful);
    follows(opened("duo", "TRS"));
    assertThat(opened("duo", "tU@B").at("/inputs/1/value").asDouble()).isEqualTo(35);
  }

  @Test
  void withoutReferenceCycleQualityIsARatioOfParts() {
    JsonNode quality = opened("untimed", "TQ");

    assertThat(quality.at("/formula").asString()).isEqualTo("TQ = NPB / NPR");
    follows(quality);
    assertThat(opened("untimed", "TRS").at("/value").isNull()).isTrue();
  }

  @Test
  void measuredFigureLeadsToItsSamples() {
    JsonNode link = opened("press", "NPR").at("/evidence/0");

    JsonNode samples = json(link.at("/href").asString());
    assertThat(samples.at("/samples").size()).isEqualTo(link.at("/count").asInt()).isPositive();
  }

  @Test
  void explanationSaysWhatWasNotSeenAndWhichDescriptionItWasMadeWith() {
    JsonNode answer = json("/api/v1/explain/press/TRS" + SPAN);

    assertThat(answer.at("/description").asLong()).isEqualTo(1);
    assertThat(answer.at("/coverage/ratio").isNumber()).isTrue();
    assertThat(workshop.get(answer.at("/losses").asString()).statusCode()).isEqualTo(200);
  }

  @Test
  void unknownFigureIsRefusedInTheReadersLanguage() {
    assertThat(workshop.get("/api/v1/explain/press/yield").statusCode()).isEqualTo(404);
    assertThat(workshop.get("/api/v1/explain/press/yield").body()).contains("yield");
    assertThat(workshop.get("/api/v1/explain/none/TRS").statusCode()).isEqualTo(404);
  }

  private static void order(String product, String start) {
    String body = "{\"product\": \"%s\", \"start\": \"%s\", \"by\": \"matin\"}";
    assertThat(
            workshop
                .post("/api/v1/machines/duo/orders", body.formatted(product, start))
                .statusCode())
        .isEqualTo(201);
  }

  private static void follows(JsonNode node) {
    List<Double> inputs = new ArrayList<>();
    for (JsonNode input : node.at("/inputs")) {
      follows(input);
      inputs.add(input.at("/value").isNull() ? Double.NaN : input.at("/value").asDouble());
    }
    String operation = node.at("/operation").asString();
    boolean leaf = List.of("measured", "planned", "set").contains(operation);
    assertThat(inputs.isEmpty()).as(node.at("/figure").asString()).isEqualTo(leaf);
    if (leaf || node.at("/value").isNull()) {
      return;
    }
    double expected =
        inputs.stream()
            .reduce(
                (a, b) ->
                    switch (operation) {
                      case "quotient" -> a / b;
                      case "sum" -> a + b;
                      case "difference" -> a - b;
                      case "product" -> a * b;
                      default -> throw new AssertionError(operation);
                    })
            .orElseThrow();
    assertThat(node.at("/value").asDouble())
        .as(node.at("/figure").asString())
        .isEqualTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
  }

  private static void say(String machine, Random random) throws IOException {
    List<Sample> states = new ArrayList<>();
    List<Sample> parts = new ArrayList<>();
    List<Sample> scrap = new ArrayList<>();
    long made = 100;
    long bad = 7;
    for (int second = 0; second < 7_200; second += 1 + random.nextInt(120)) {
      Instant at = START.plusSeconds(second).plusNanos(random.nextInt(1_000_000_000));
      states.add(Sample.good(at, random.nextInt(3) == 0 ? "STOPPED" : "ACTIVE"));
      made += random.nextInt(4);
      parts.add(Sample.good(at, made));
      if (random.nextInt(5) == 0) {
        scrap.add(Sample.good(at, ++bad));
      }
    }
    workshop.send(machine, "state", states.toArray(Sample[]::new));
    workshop.send(machine, "parts", parts.toArray(Sample[]::new));
    workshop.send(machine, "scrap", scrap.toArray(Sample[]::new));
  }

  private static String described(String reference) {
    String cycle = reference.isEmpty() ? "" : "\"reference-cycle\": \"20s\",";
    return """
        {"state": {"signal": "state", "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
         %s "parts": {"counter": "parts"}, "scrap": {"counter": "scrap"}, "shifts": "site"}
        """
        .formatted(cycle);
  }

  private static JsonNode opened(String machine, String figure) {
    return json("/api/v1/explain/" + machine + '/' + figure + SPAN).at("/opened");
  }

  private static JsonNode json(String path) {
    var answer = workshop.get(path);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
