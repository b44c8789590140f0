package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.benchmark.Contribution;
import fr.vigie.benchmark.Measure;
import fr.vigie.benchmark.Refused;
import fr.vigie.benchmark.Share;
import fr.vigie.benchmark.SignedContribution;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchmarkApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final String OWN = "/api/v1/benchmark/contribution?month=2026-10";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    workshop.put(
        "/api/v1/machines/press",
        """
        {"state": {"signal": "state", "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
         "shifts": "none"}""");
    workshop.online("press");
    Instant october = Instant.parse("2026-09-30T22:00:00Z");
    workshop.send(
        "press",
        "state",
        Sample.good(october, "ACTIVE"),
        Sample.good(october.plus(Duration.ofDays(15)), "STOPPED"));
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void theContributionOfAMonthHoldsSumsAndNoNames() throws Refused {
    company();
    HttpResponse<String> answer = workshop.get(OWN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .contains("contribution-2026-10-25-");
    assertThat(answer.body()).doesNotContain("press").doesNotContain("site").doesNotContain("banc");
    SignedContribution signed = SignedContribution.read(answer.body());
    // October has 31 days and, in Paris, an hour more: 44,700 minutes, of which 15 days ran.
    assertThat(signed.contribution().shares())
        .isEqualTo(Map.of(Measure.AVAILABILITY, new Share(1, 21_600, 44_700)));
    assertThat(workshop.get(OWN).body()).isEqualTo(answer.body());
  }

  @Test
  void aMonthThatIsOnOrNoneIsRefused() {
    company();

    assertThat(detail("/api/v1/benchmark/contribution?month=2026-11")).contains("not over");
    assertThat(detail("/api/v1/benchmark/contribution?month=octobre")).contains("2026-10");
  }

  @Test
  void everyMistakeOfTheCompanyIsToldAtOnce() {
    HttpResponse<String> answer =
        workshop.put(
            "/api/v1/company",
            """
            {"sector": "C25", "cluster": "a b", "machines": 1.5, "site-meters": [{"machine": "x"}],
             "name": "Dupré"}""");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).at("/mistakes").findValuesAsString("key"))
        .containsExactlyInAnyOrder(
            "sector", "cluster", "machines", "site-meters[0].signal", "name");
  }

  @Test
  void filesAreMergedAndOneMoreIsRefusedAlsoAfterARestart() throws IOException {
    company();
    Map<String, String> files = files(12, "mecanique-sud");
    JsonNode merged = JSON.readTree(merge(files).body());

    assertThat(merged.at("/table/vigie-benchmark").asInt()).isEqualTo(1);
    JsonNode all = merged.at("/table/cells").get(1);
    assertThat(all.at("/measure").asString()).isEqualTo("availability");
    assertThat(all.at("/companies").asInt()).isEqualTo(12);
    assertThat(all.at("/percent").asLong()).isEqualTo(55);
    assertThat(merged.at("/table").toString()).doesNotContain("FEW").doesNotContain("few");
    assertThat(merged.at("/hidden/0/why").asString()).isEqualTo("fewer than 5 companies");

    JsonNode position =
        JSON.readTree(
            workshop
                .post(
                    "/api/v1/benchmark/position",
                    merged.at("/table").toString(),
                    "Accept-Language",
                    "en")
                .body());
    assertThat(position.at("/0/sector").asString()).isEqualTo("all");
    assertThat(position.at("/0/own").asDouble()).isEqualTo(100 * (21_600.0 / 44_700));
    assertThat(position.at("/0/quarter").asString()).isEqualTo("lowest-quarter");
    assertThat(position.at("/0/says").asString()).isEqualTo("in the lowest quarter");

    assertThat(JSON.readTree(merge(files).body())).isEqualTo(merged);
    files.remove("company-12.json");
    assertThat(merge(files).body()).contains("the difference would show one");
    try (Workshop restarted = new Workshop(data)) {
      HttpResponse<String> refused = restarted.post("/api/v1/benchmark/merge", body(files));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("la différence en dévoilerait une");
    }
  }

  @Test
  void everyFileThatIsNotTakenIsTold() {
    Map<String, String> files = files(3, "plasturgie");
    files.computeIfPresent("company-2.json", (name, text) -> text.replace("600", "900"));
    files.put("notes.txt", "bonjour");
    HttpResponse<String> answer = merge(files);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode mistakes = JSON.readTree(answer.body()).at("/mistakes");
    assertThat(mistakes.findValuesAsString("key")).containsExactly("company-2.json", "notes.txt");
    assertThat(mistakes.at("/0/wanted").asString()).contains("this one was changed");
  }

  @Test
  void whatIsNoTableIsSaid() {
    assertThat(workshop.post("/api/v1/benchmark/position", "{\"a\": 1}").statusCode())
        .isEqualTo(400);
    assertThat(
            workshop
                .post(
                    "/api/v1/benchmark/position",
                    "{\"vigie-benchmark\": 2, \"cluster\": \"x\", \"month\": \"2026-10\","
                        + " \"cells\": []}")
                .statusCode())
        .isEqualTo(400);
  }

  private static void company() {
    assertThat(
            workshop
                .put("/api/v1/company", "{\"sector\": \"25\", \"cluster\": \"mecanique-sud\"}")
                .statusCode())
        .isEqualTo(200);
  }

  /** Companies of 3 machines, available for 50 to 61 of a hundred minutes. */
  private static Map<String, String> files(int companies, String cluster) {
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 1; i <= companies; i++) {
      byte[] secret = new byte[32];
      Arrays.fill(secret, (byte) i);
      Share share = new Share(3, 600L * (48 + i), 60_000);
      Contribution contribution =
          new Contribution(cluster, "25", OCTOBER, Map.of(Measure.AVAILABILITY, share));
      files.put("company-" + i + ".json", SignedContribution.sign(contribution, secret).text());
    }
    return files;
  }

  private static HttpResponse<String> merge(Map<String, String> files) {
    return workshop.post("/api/v1/benchmark/merge", body(files), "Accept-Language", "en");
  }

  private static String body(Map<String, String> files) {
    return JSON.writeValueAsString(Map.of("month", "2026-10", "files", files));
  }

  private static String detail(String path) {
    HttpResponse<String> answer = workshop.get(path, "Accept-Language", "en");
    assertThat(answer.statusCode()).isEqualTo(400);
    return JSON.readTree(answer.body()).at("/detail").asString();
  }
}
