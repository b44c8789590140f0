package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole diagnosis, of machines of which little is right. */
class DiagnosisApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-24T04:00:00Z");
  private static final String SPAN = "?from=2026-11-24T04:00:00Z&to=2026-11-24T08:00:00Z";
  private static final String TEXTS =
      """
      "state": {"signal": "state",
                "values": {"ACTIVE": "running", "READY": "idle", "STOPPED": "stopped"}},
      "parts": {"counter": "parts"}""";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    put(
        "site",
        """
        {"zone": "Europe/Paris", "shifts": [{"name": "Matin", "from": "05:00", "to": "07:00"},
                                            {"name": "Jour", "from": "07:00", "to": "09:00"}]}""");
    put("machines/press", "{\"reference-cycle\": \"60s\", " + TEXTS + "}");
    workshop.send("press", "state", Sample.good(START, "ACTIVE"));
    workshop.send("press", "parts", at(0, 0), at(7_201, 0), at(14_000, 130));
    put(
        "machines/worn",
        """
        {"reference-cycle": "60s", "cost-per-hour": 45, %s,
         "products": {"A12": {"reference-cycle": "30s"}},
         "energy": {"power": "watts", "unit": "W", "price": 0.2},
         "condition": [{"signal": "velocity", "label": "Palier avant",
           "vibration": {"scale": "iso-20816-3-group-2-rigid", "hertz-from": 10,
                         "hertz-to": 1000}}]}"""
            .formatted(TEXTS));
    put("machines/bare", "{" + TEXTS + "}");
    for (String machine : List.of("worn", "bare")) {
      workshop.send(
          machine,
          "state",
          Sample.good(START, "ACTIVE"),
          Sample.good(START.plusSeconds(3_600), "STOPPED"),
          Sample.good(START.plusSeconds(5_400), "ACTIVE"),
          Sample.good(START.plusSeconds(7_200), "READY"),
          Sample.good(START.plusSeconds(9_000), "ACTIVE"));
      List<Sample> parts = new ArrayList<>();
      for (int i = 0; i <= 100; i++) {
        parts.add(at(9_000 + 50 * i, i));
      }
      workshop.send(machine, "parts", parts.toArray(Sample[]::new));
      workshop.online(machine);
    }
    workshop.send("worn", "watts", at(7_000, 2_000), at(9_100, 2_000));
    workshop.send("worn", "velocity", at(0, 12));
    workshop.online("press");
    HttpResponse<String> reason =
        workshop.post(
            "/api/v1/machines/worn/reasons",
            """
            {"act": "give", "from": "2026-11-24T05:00:00Z", "to": "2026-11-24T05:30:00Z",
             "reason": "mechanical-fault", "by": "équipe"}""");
    assertThat(reason.statusCode()).as(reason.body()).isEqualTo(201);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  private static Sample at(int second, double number) {
    return Sample.good(START.plusSeconds(second), number);
  }

  private static void put(String what, String body) {
    HttpResponse<String> answer = workshop.put("/api/v1/" + what, body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private static JsonNode diagnosis(String machine, String language) {
    HttpResponse<String> answer =
        workshop.get(
            "/api/v1/machines/" + machine + "/diagnosis" + SPAN, "Accept-Language", language);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void shiftThatCannotBeRightIsSaidToBeSoThoughTheWholeSpanCan() {
    JsonNode diagnosis = diagnosis("press", "fr");

    assertThat(diagnosis.at("/figures/remarks")).isEmpty();
    assertThat(diagnosis.at("/shifts/0/remarks")).isEmpty();
    assertThat(diagnosis.at("/shifts/1/name").asString()).isEqualTo("Jour");
    assertThat(diagnosis.at("/shifts/1/trs").asDouble()).isGreaterThan(1);
    assertThat(diagnosis.at("/shifts/1/remarks/0/code").asString()).isEqualTo("reference-too-long");
    assertThat(diagnosis.at("/shifts/1/remarks/0/text").asString()).startsWith("Plus de pièces");
  }

  @Test
  void readingsBeyondAllMeasureMakeNoNumberThatIsNone() throws IOException {
    put(
        "machines/spike",
        """
        {%s, "condition": [{"signal": "temperature", "above": {"limit": 80},
                            "drift": {"since": "2026-11-20T00:00:00Z", "block": "1h",
                                      "learn": "24h"}}]}"""
            .formatted(TEXTS));
    for (double peak : new double[] {1e100, 1e160, 1e308, -1e308}) {
      Instant first = Instant.parse("2026-11-20T00:00:00Z");
      List<Sample> samples = new ArrayList<>();
      for (int hour = 0; hour < 96; hour++) {
        double number = hour % 30 == 7 ? peak : 60 + hour % 3;
        samples.add(Sample.good(first.plusSeconds(3_600L * hour + 60), number));
        samples.add(Sample.good(first.plusSeconds(3_600L * hour + 1_800), number));
      }
      workshop.send("spike", "temperature", samples.toArray(Sample[]::new));
      HttpResponse<String> answer =
          workshop.get(
              "/api/v1/machines/spike/condition?from=2026-11-20T00:00:00Z&to=2026-11-24T00:00:00Z");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("NaN", "Infinity");
      assertThat(JSON.readTree(answer.body()).at("/signals/0/alarm/events").isArray()).isTrue();
      HttpResponse<String> windows =
          workshop.get(
              "/api/v1/series/spike/temperature/windows?width=1h&from=2026-11-20T00:00:00Z"
                  + "&to=2026-11-24T00:00:00Z");
      assertThat(windows.statusCode()).isEqualTo(200);
      assertThat(windows.body()).doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void numbersOfADescriptionAreOfThisWorld() {
    String energy = "\"energy\": {\"counter\": \"kwh\", \"unit\": \"kWh\", \"price\": 1e308}";
    HttpResponse<String> answer =
        workshop.put("/api/v1/machines/dear", "{" + TEXTS + ", " + energy + "}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).at("/mistakes/0/key").asString())
        .isEqualTo("energy.price");
  }

  @Test
  void everyFindingIsAWholeSentenceInBothLanguages() {
    Set<String> codes = new TreeSet<>();
    for (String language : List.of("fr", "en")) {
      for (String machine : List.of("worn", "bare")) {
        for (JsonNode finding : diagnosis(machine, language).at("/findings")) {
          codes.add(finding.at("/code").asString());
          assertThat(finding.at("/text").asString())
              .matches("\\p{Lu}.*|[0-9].*")
              .doesNotContain("{", "}", "null", "NaN", "Infinity", "  ", "''", " ,");
        }
      }
    }
    assertThat(codes)
        .contains(
            "refused",
            "largest-loss",
            "first-reason",
            "unexplained",
            "no-reference",
            "reference-off",
            "vibration",
            "idle-energy");
    assertThat(diagnosis("worn", "fr").at("/findings").toString()).contains("en 1 arrêt,");
    assertThat(diagnosis("worn", "fr").at("/findings").toString())
        .contains("zone D de l'ISO 20816-3:2022, groupe 2, rigide");
    assertThat(diagnosis("worn", "en").at("/findings").toString()).contains("in 1 stop,");
    assertThat(diagnosis("worn", "fr").at("/findings").toString()).contains("kWh, 0,20 EUR");
  }
}
