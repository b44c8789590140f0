package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MaturityApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    workshop.put("/api/v1/machines/press", machine("\"scrap\": {\"counter\": \"scrap\"},"));
    workshop.put("/api/v1/machines/lathe", machine(""));
    workshop.online("press");
    Instant start = Workshop.MORNING.minus(Duration.ofHours(40));
    workshop.send(
        "press",
        "state",
        Sample.good(start, "ACTIVE"),
        Sample.good(start.plusSeconds(7_200), "STOPPED"),
        Sample.good(start.plusSeconds(9_000), "ACTIVE"));
    workshop.send(
        "press", "parts", Sample.good(start, 0), Sample.good(start.plusSeconds(3_600), 30));
    workshop.send(
        "lathe", "parts", Sample.good(start, 0), Sample.good(start.plusSeconds(3_600), 10));
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void everyIndicatorIsThereMeasuredOrSaidNotToBe() {
    workshop.put("/api/v1/company", "{\"machines\": 4}");
    JsonNode maturity = json(workshop.get("/api/v1/maturity", "Accept-Language", "en"));

    assertThat(maturity.at("/indicators").size()).isEqualTo(13);
    assertThat(indicator(maturity, 1).at("/numerator").asDouble()).isEqualTo(1);
    assertThat(indicator(maturity, 1).at("/denominator").asDouble()).isEqualTo(4);
    assertThat(indicator(maturity, 1).at("/evidence/0").asString())
        .startsWith("/api/v1/machines/lathe/coverage?from=2026-11-17T");
    assertThat(indicator(maturity, 4).at("/numerator").asDouble()).isEqualTo(1);
    assertThat(indicator(maturity, 7).at("/ratio").asDouble()).isEqualTo(0.75);
    assertThat(indicator(maturity, 8).at("/because").asString()).contains("/api/v1/company");
    assertThat(indicator(maturity, 5).at("/unit").asString()).isEqualTo("stops");
    assertThat(indicator(maturity, 6).at("/unit").asString()).isEqualTo("s");
    assertThat(indicator(maturity, 10).at("/denominator").asDouble()).isZero();
    for (int other : new int[] {9, 13}) {
      assertThat(indicator(maturity, other).at("/ratio").isNull()).isTrue();
      assertThat(indicator(maturity, other).at("/because").asString()).startsWith("not measured:");
    }
    assertThat(maturity.at("/stage").asInt()).isEqualTo(1);
    assertThat(maturity.at("/stageName").asString()).isEqualTo("Computerisation");
    assertThat(maturity.at("/next/0/indicator").asString()).isEqualTo("M1");
    assertThat(maturity.at("/next/0/least").asDouble()).isEqualTo(0.8);
    assertThat(maturity.at("/silent").findValuesAsString("dimension"))
        .containsExactly("strategy", "products", "services", "leadership", "culture");
  }

  @Test
  void theEvidenceOfAnIndicatorAnswers() {
    JsonNode maturity = json(workshop.get("/api/v1/maturity"));
    for (JsonNode indicator : maturity.at("/indicators")) {
      for (JsonNode address : indicator.at("/evidence")) {
        assertThat(workshop.get(address.asString()).statusCode()).as("%s", address).isEqualTo(200);
      }
    }
    assertThat(indicator(maturity, 2).at("/name").asString()).isEqualTo("Complétude des données");
  }

  @Test
  void aMeterWithoutAUnitIsSaid() {
    workshop.put(
        "/api/v1/company",
        """
        {"site-meters": [{"machine": "linky", "signal": "EAST"}],
         "machine-meters": [{"machine": "press", "signal": "kwh"}]}""");
    JsonNode maturity = json(workshop.get("/api/v1/maturity", "Accept-Language", "en"));

    assertThat(indicator(maturity, 8).at("/because").asString()).contains("W.h, kW.h or MW.h");
  }

  @Test
  void aCompanyThatForgetsMachinesIsTold() throws IOException {
    workshop.put("/api/v1/machines/drill", machine(""));
    workshop.online("drill");
    Instant start = Workshop.MORNING.minus(Duration.ofHours(40));
    workshop.send("drill", "state", Sample.good(start, "ACTIVE"));
    workshop.put("/api/v1/company", "{\"machines\": 1}");

    JsonNode connected = indicator(json(workshop.get("/api/v1/maturity")), 1);

    assertThat(connected.at("/ratio").asDouble()).isEqualTo(2);
    assertThat(connected.at("/because").asString()).startsWith("hors de 0 à 100 % :");
    workshop.delete("/api/v1/machines/drill");
  }

  private static String machine(String scrap) {
    return """
        {"state": {"signal": "state", "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
         %s "parts": {"counter": "parts"}, "shifts": "none"}"""
        .formatted(scrap);
  }

  private static JsonNode indicator(JsonNode maturity, int number) {
    return maturity.at("/indicators/" + (number - 1));
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
