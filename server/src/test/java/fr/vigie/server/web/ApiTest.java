package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.server.ingest.DeadLetters;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FIGURES =
      "/api/v1/machines/press/figures?from=2026-11-24T06:00:00Z&to=2026-11-24T07:00:00Z";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    workshop.put("/api/v1/machines/press", press("none"));
    workshop.online("press");
    Instant start = Instant.parse("2026-11-24T06:00:00Z");
    workshop.send(
        "press",
        "state",
        Sample.good(start, "ACTIVE"),
        Sample.good(start.plusSeconds(900), "STOPPED"),
        Sample.good(start.plusSeconds(1_800), "ACTIVE"));
    Sample[] parts = new Sample[31];
    for (int i = 0; i <= 30; i++) {
      parts[i] = Sample.good(start.plusSeconds(i * 119L).plusNanos(123_456_789), 100 + i);
    }
    workshop.send("press", "parts", parts);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void figuresKeepNumeratorAndDenominator() {
    JsonNode figures = json(workshop.get(FIGURES));

    assertThat(figures.at("/machineStates/running").asDouble()).isEqualTo(2_700);
    assertThat(figures.at("/states/STOPPED").asDouble()).isEqualTo(900);
    assertThat(figures.at("/parts").asLong()).isEqualTo(30);
    assertThat(figures.at("/times/tR").asDouble()).isEqualTo(3_600);
    assertThat(figures.at("/TRS/numerator").asDouble()).isEqualTo(1_800);
    assertThat(figures.at("/TRS/denominator").asDouble()).isEqualTo(3_600);
    assertThat(figures.at("/TRS/ratio").asDouble()).isEqualTo(0.5);
    assertThat(figures.at("/DO/ratio").asDouble()).isEqualTo(0.75);
    assertThat(figures.at("/stops/count").asInt()).isEqualTo(1);
    assertThat(figures.at("/coverage/ratio").asDouble()).isEqualTo(1);
    assertThat(figures.at("/trsRefused").isNull()).isTrue();
  }

  @Test
  void refusedTrsSaysWhy() {
    JsonNode figures =
        json(
            workshop.get(
                "/api/v1/machines/press/figures?from=2026-11-24T04:00:00Z&to=2026-11-24T07:00:00Z"));

    assertThat(figures.at("/trsRefused").asString()).isEqualTo("low-coverage");
    assertThat(figures.at("/TRS/ratio").isNull()).isTrue();
    assertThat(figures.at("/TRS/denominator").asDouble()).isEqualTo(10_800);
  }

  @Test
  void timelineAndStopsAreAskedForAlone() {
    String span = "?from=2026-11-24T06:00:00Z&to=2026-11-24T07:00:00Z";

    JsonNode timeline = json(workshop.get("/api/v1/machines/press/timeline" + span));
    assertThat(timeline.at("/periods/1/state").asString()).isEqualTo("stopped");
    assertThat(timeline.at("/periods/1/seconds").asDouble()).isEqualTo(900);
    JsonNode stops = json(workshop.get("/api/v1/machines/press/stops" + span));
    assertThat(stops.at("/stops/0/wholeSeconds").asDouble()).isEqualTo(900);
  }

  @Test
  void samplesKeepTheirNanosecondsAndSayWhenThereAreMore() {
    JsonNode all = json(workshop.get("/api/v1/series/press/parts/samples"));
    assertThat(all.at("/samples").size()).isEqualTo(31);
    assertThat(all.at("/samples/0/time").asString()).isEqualTo("2026-11-24T06:00:00.123456789Z");
    assertThat(all.at("/truncated").asBoolean()).isFalse();

    JsonNode some = json(workshop.get("/api/v1/series/press/parts/samples?limit=10"));
    assertThat(some.at("/samples").size()).isEqualTo(10);
    assertThat(some.at("/truncated").asBoolean()).isTrue();
    JsonNode rest =
        json(
            workshop.get("/api/v1/series/press/parts/samples?from=" + some.at("/next").asString()));
    assertThat(rest.at("/samples").size()).isEqualTo(21);
  }

  @Test
  void seriesAreListedCountedAndCutIntoWindows() {
    assertThat(json(workshop.get("/api/v1/series")).size()).isGreaterThanOrEqualTo(2);
    assertThat(json(workshop.get("/api/v1/series/press/parts/count")).at("/count").asLong())
        .isEqualTo(31);
    JsonNode windows =
        json(
            workshop.get(
                "/api/v1/series/press/parts/windows?width=30m&from=2026-11-24T06:00:00Z"
                    + "&to=2026-11-24T07:00:00Z"));
    assertThat(windows.at("/windows").size()).isEqualTo(2);
    assertThat(windows.at("/windows/0/first").asDouble()).isEqualTo(100);
  }

  @Test
  void mistakesOfADescriptionComeTogether() {
    HttpResponse<String> answer =
        workshop.put("/api/v1/machines/x", "{\"state\": 3, \"reference-cycle\": \"soon\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(json(answer).at("/mistakes").findValuesAsString("key"))
        .contains("state", "reference-cycle");
  }

  @Test
  void problemsAreToldInTheReadersLanguage() {
    String french = json(workshop.get("/api/v1/machines/none")).at("/detail").asString();
    String english =
        json(workshop.get("/api/v1/machines/none", "Accept-Language", "en-GB"))
            .at("/detail")
            .asString();

    assertThat(french).isEqualTo("Aucune machine ne s'appelle « none ».");
    assertThat(english).isEqualTo("No machine is called \"none\".");
  }

  @Test
  void nonsenseIsRefusedWithoutATrace() {
    for (String path :
        List.of(
            "/api/v1/machines/press/figures?from=soon",
            "/api/v1/machines/press/figures?from=2026-11-24T07:00:00Z&to=2026-11-24T06:00:00Z",
            "/api/v1/machines/press/figures?from=1990-01-01T00:00:00Z",
            "/api/v1/machines/press/figures?from=%2B999999999-01-01T00:00:00Z",
            "/api/v1/machines/press/figures?from=1677-09-22T00:00:00Z&to=1677-10-02T00:00:00Z",
            "/api/v1/machines/press/diagnosis?from=2261-09-22T00:00:00Z&to=2261-10-02T00:00:00Z",
            "/api/v1/series/press/parts/samples?limit=0",
            "/api/v1/series/press/parts/samples?limit=many",
            "/api/v1/series/press/parts/windows?width=1ms",
            "/api/v1/series/press/parts/windows?width=0s")) {
      HttpResponse<String> answer = workshop.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(answer.body()).as(path).contains("detail").doesNotContain("Exception", "fr.vigie");
    }
    assertThat(workshop.get("/api/v1/series/press/none/count").statusCode()).isEqualTo(404);
    assertThat(workshop.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(workshop.put("/api/v1/machines/x", "[1,").statusCode()).isEqualTo(400);
    assertThat(workshop.put("/api/v1/machines/x", "null").statusCode()).isEqualTo(400);
    assertThat(workshop.put("/api/v1/machines/x", " ".repeat(300_000)).statusCode()).isEqualTo(413);
    assertThat(workshop.put("/api/v1/machines/a%20b", press("none")).statusCode()).isEqualTo(400);
  }

  @Test
  void signalOfTheWrongSortIsNamedWhereverItIsAskedFor() throws IOException {
    Instant start = Instant.parse("2026-11-24T06:00:00Z");
    workshop.send("plane", "state", Sample.good(start, 1), Sample.good(start.plusSeconds(60), 0));
    workshop.put("/api/v1/machines/plane", press("none"));
    for (String question :
        List.of(
            "machines/plane/live",
            "machines/plane/figures",
            "machines/plane/losses",
            "machines/plane/cycles",
            "machines/plane/diagnosis",
            "explain/plane/TRS",
            "maturity")) {
      HttpResponse<String> answer = workshop.get("/api/v1/" + question);
      assertThat(answer.statusCode()).as(question).isEqualTo(400);
      assertThat(json(answer).at("/detail").asString())
          .as(question)
          .startsWith(
              "Le signal « state » de la machine « plane » envoie des nombres, et sa description en"
                  + " attend des textes");
    }
    assertThat(workshop.get("/").body()).contains("Presse n&#39;est pas montrée ici. Le signal");

    workshop.delete("/api/v1/machines/plane");
    assertThat(workshop.get("/").body()).doesNotContain("plane");
  }

  @Test
  void instantsFarFromAllMachinesAreMistakes() {
    for (String year : List.of("1677", "2261", "9999", "+999999999")) {
      String stop =
          "{\"from\": \"%1$s-10-01T00:00:00Z\", \"to\": \"%1$s-10-02T00:00:00Z\"}".formatted(year);
      HttpResponse<String> answer =
          workshop.put(
              "/api/v1/site",
              "{\"zone\": \"UTC\", \"shifts\": [], \"planned-stops\": [" + stop + "]}");
      assertThat(answer.statusCode()).as(year).isEqualTo(400);
      assertThat(json(answer).at("/mistakes/0/key").asString()).isEqualTo("planned-stops[0].from");
    }
  }

  @Test
  void machineIsAddedChangedAndForgotten() {
    assertThat(workshop.put("/api/v1/machines/lathe", press("site")).statusCode()).isEqualTo(201);
    assertThat(workshop.put("/api/v1/machines/lathe", press("site")).statusCode()).isEqualTo(200);
    assertThat(json(workshop.get("/api/v1/machines/lathe")).at("/machine").asString())
        .isEqualTo("lathe");
    assertThat(workshop.delete("/api/v1/machines/lathe").statusCode()).isEqualTo(204);
    assertThat(workshop.get("/api/v1/machines/lathe").statusCode()).isEqualTo(404);
  }

  @Test
  void siteHasThreeShiftsUntilItSaysOtherwise() {
    assertThat(json(workshop.get("/api/v1/site")).at("/shifts").size()).isEqualTo(3);
  }

  @Test
  void agentsAndLossesAreListed() {
    assertThat(json(workshop.get("/api/v1/agents")).isArray()).isTrue();
    assertThat(json(workshop.get("/api/v1/losses")).at("/losses").isArray()).isTrue();
  }

  @Test
  void everyHoleStandsBesideTheFigureThatItLowers() throws IOException {
    assertThat(workshop.put("/api/v1/machines/saw", press("none")).statusCode()).isEqualTo(201);
    workshop.online("saw");
    Instant start = Instant.parse("2026-11-22T06:00:00Z");
    workshop.send("saw", "state", Sample.good(start, "ACTIVE"));
    Span away = new Span(start.plusSeconds(600), start.plusSeconds(1_500));
    workshop.lose(new Loss("plc", away, -1, Loss.Reason.DEVICE_BACK));
    String span = "?from=2026-11-22T06:00:00Z&to=2026-11-22T07:00:00Z";

    JsonNode figures = json(workshop.get("/api/v1/machines/saw/figures" + span));
    assertThat(figures.at("/coverage/ratio").asDouble()).isEqualTo(0.75);
    assertThat(figures.at("/coverage/holes/0/reason").asString()).isEqualTo("device-offline");
    assertThat(figures.at("/coverage/holes/0/source").asString()).isEqualTo("plc");
    assertThat(figures.at("/coverage/holes/0/seconds").asDouble()).isEqualTo(900);
    assertThat(figures.at("/coverage/holes/0/count").isNull()).isTrue();
    JsonNode coverage = json(workshop.get("/api/v1/machines/saw/coverage" + span));
    assertThat(coverage.at("/required")).isEqualTo(figures.at("/coverage"));
    assertThat(coverage.at("/coverage/observed").asDouble()).isEqualTo(2_700);
    assertThat(coverage.at("/signals/0/signal").asString()).isEqualTo("state");
    assertThat(coverage.at("/signals/0/coverage/ratio").asDouble()).isEqualTo(0.75);
    for (String figure : List.of("machines/saw/timeline", "machines/saw/stops")) {
      JsonNode answer = json(workshop.get("/api/v1/" + figure + span));
      assertThat(answer.at("/coverage")).as(figure).isEqualTo(coverage.at("/coverage"));
    }
    for (String figure : List.of("samples", "count", "windows")) {
      JsonNode answer = json(workshop.get("/api/v1/series/saw/state/" + figure + span));
      assertThat(answer.at("/coverage")).as(figure).isEqualTo(coverage.at("/signals/0/coverage"));
    }
    assertThat(workshop.delete("/api/v1/machines/saw").statusCode()).isEqualTo(204);
  }

  @Test
  void lossesComeInPagesAndInNumbers() throws IOException {
    Instant start = Instant.parse("2026-11-20T06:00:00Z");
    for (int i = 0; i < 5; i++) {
      Span when = new Span(start.plusSeconds(i * 60L), start.plusSeconds(i * 60L + 1));
      workshop.lose(new Loss("scale", when, i == 4 ? -1 : 10, Loss.Reason.DEVICE_GAP));
    }
    String question =
        "/api/v1/losses?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&agent=banc-1"
            + "&reason=device-gap&limit=3";

    JsonNode first = json(workshop.get(question));
    JsonNode second = json(workshop.get(question + "&skip=" + first.at("/next").asInt()));

    assertThat(first.at("/matching").asInt()).isEqualTo(5);
    assertThat(first.at("/losses").size()).isEqualTo(3);
    assertThat(second.at("/losses").size()).isEqualTo(2);
    assertThat(second.at("/next").isNull()).isTrue();
    assertThat(second.at("/losses/1/count").isNull()).isTrue();
    JsonNode ever = first.at("/ever/0");
    assertThat(ever.at("/declared").asInt()).isEqualTo(5);
    assertThat(ever.at("/readings").asInt()).isEqualTo(40);
    assertThat(ever.at("/unknown").asInt()).isEqualTo(1);
    assertThat(workshop.get("/api/v1/losses?reason=bad-luck").statusCode()).isEqualTo(400);
    assertThat(workshop.get("/api/v1/losses?limit=0").statusCode()).isEqualTo(400);
  }

  @Test
  void deadLettersCanBeReadAsTheyCame() throws IOException {
    byte[] poison = {0, 10, (byte) 0xff, 13, 10, 9};
    workshop.part(DeadLetters.class).add("vigie/v1/a/b/data", "no\tsense", poison);

    JsonNode letters = json(workshop.get("/api/v1/dead-letters", "Accept-Language", "en"));
    JsonNode letter = letters.at("/letters/0");
    assertThat(letter.at("/topic").asString()).isEqualTo("vigie/v1/a/b/data");
    assertThat(letter.at("/reason").asString()).isEqualTo("no?sense");
    assertThat(letter.at("/bytes").asInt()).isEqualTo(poison.length);
    assertThat(letters.at("/todo").asString()).contains("same version");
    URLConnection bytes =
        URI.create(workshop.address() + "/api/v1/dead-letters/" + letter.at("/id").asString())
            .toURL()
            .openConnection();
    try (InputStream in = bytes.getInputStream()) {
      assertThat(in.readAllBytes()).isEqualTo(poison);
    }
    assertThat(bytes.getContentType()).isEqualTo("application/octet-stream");
    assertThat(bytes.getHeaderField("Content-Disposition")).startsWith("attachment");
    for (String other : List.of("none", "..%2f..%2fplant.db", "%2e%2e%2fplant.db")) {
      assertThat(workshop.get("/api/v1/dead-letters/" + other).statusCode())
          .as(other)
          .isIn(400, 404);
    }
  }

  @Test
  void openApiDescribesEveryPath() {
    JsonNode paths = json(workshop.get("/api/v1/openapi")).at("/paths");

    assertThat(paths.propertyNames())
        .contains(
            "/api/v1/machines",
            "/api/v1/machines/{machine}",
            "/api/v1/machines/{machine}/live",
            "/api/v1/machines/{machine}/figures",
            "/api/v1/machines/{machine}/timeline",
            "/api/v1/machines/{machine}/stops",
            "/api/v1/machines/{machine}/coverage",
            "/api/v1/machines/{machine}/losses",
            "/api/v1/machines/{machine}/cycles",
            "/api/v1/machines/{machine}/orders",
            "/api/v1/machines/{machine}/orders/{id}/withdrawal",
            "/api/v1/machines/{machine}/declarations",
            "/api/v1/machines/{machine}/declarations/{id}/withdrawal",
            "/api/v1/dead-letters",
            "/api/v1/dead-letters/{id}",
            "/api/v1/series",
            "/api/v1/series/{machine}/{signal}/samples",
            "/api/v1/series/{machine}/{signal}/count",
            "/api/v1/series/{machine}/{signal}/windows",
            "/api/v1/agents",
            "/api/v1/losses",
            "/api/v1/site",
            "/api/v1/stream")
        .doesNotContain("/", "/live");
  }

  @Test
  void everyAnswerKeepsTheBrowserSafe() {
    HttpResponse<String> page = workshop.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("style=", "onclick", "<style");
    assertThat(page.body().replaceAll("<script defer src=\"/assets/vigie.js[^>]*></script>", ""))
        .doesNotContain("<script");
  }

  @Test
  void streamTellsOfAMachineOnceAtTheStartAndThenWhenItChanges() throws IOException {
    URLConnection connection =
        URI.create(workshop.address() + "/api/v1/stream").toURL().openConnection();
    connection.setReadTimeout(30_000);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(next(lines).at("/machine").asString()).isEqualTo("press");

      workshop.send("press", "state", Sample.good(workshop.now(), "STOPPED"));

      JsonNode live = next(lines);
      while (!live.at("/state").asString().equals("stopped")) {
        live = next(lines);
      }
      workshop.send("press", "state", Sample.good(workshop.now(), "ACTIVE"));
    }
  }

  private static JsonNode next(BufferedReader lines) throws IOException {
    String event = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) {
        event = line.substring(6);
      } else if (line.startsWith("data:") && event.equals("machine")) {
        return JSON.readTree(line.substring(5));
      }
    }
    throw new AssertionError("the stream ended");
  }

  private static String press(String shifts) {
    return """
        {"label": "Presse", "reference-cycle": "60s", "shifts": "%s",
         "state": {"signal": "state", "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
         "parts": {"counter": "parts"}}"""
        .formatted(shifts);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
