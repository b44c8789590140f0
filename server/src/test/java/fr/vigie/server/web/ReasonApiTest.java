package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReasonApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final String SPAN = "?from=2026-11-24T06:00:00Z&to=2026-11-24T09:00:00Z";
  private static final String STOPS = "/api/v1/machines/press/stops" + SPAN;
  private static final String REASONS = "/api/v1/machines/press/reasons";

  @TempDir Path data;
  private Workshop workshop;

  /** Stopped from 06:15 to 06:30, from 07:00 to 08:00 with an alarm, for 30 s at 08:30. */
  @BeforeEach
  void open() throws IOException {
    workshop = new Workshop(data);
    workshop.put(
        "/api/v1/machines/press",
        """
        {"label": "Presse", "shifts": "none",
         "state": {"signal": "state", "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
         "reasons": [
           {"when": "pressure", "below": 4, "for": "10s", "before": "1m", "reason": "no-energy"},
           {"when": "alarm", "says": ["JAM", "BLOCKED"], "reason": "jam"}]}""");
    workshop.online("press");
    workshop.send(
        "press",
        "state",
        Sample.good(START, "ACTIVE"),
        Sample.good(START.plusSeconds(900), "STOPPED"),
        Sample.good(START.plusSeconds(1_800), "ACTIVE"),
        Sample.good(START.plusSeconds(3_600), "STOPPED"),
        Sample.good(START.plusSeconds(7_200), "ACTIVE"),
        Sample.good(START.plusSeconds(9_000), "STOPPED"),
        Sample.good(START.plusSeconds(9_030), "ACTIVE"));
    workshop.send(
        "press",
        "alarm",
        Sample.good(START, "OK"),
        Sample.good(START.plusSeconds(3_601), "JAM"),
        Sample.good(START.plusSeconds(3_660), "OK"));
    workshop.send(
        "press",
        "pressure",
        Sample.good(START, 6.0),
        Sample.good(START.plusSeconds(4_000), 3.0),
        Sample.good(START.plusSeconds(4_005), 6.0));
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void aStopWaitsAndAnAlarmExplainsAnother() {
    JsonNode stops = json(workshop.get(STOPS));

    assertThat(stops.at("/stops").size()).isEqualTo(2);
    assertThat(stops.at("/stops/0/waiting").asBoolean()).isTrue();
    assertThat(stops.at("/stops/0/parts/0/cause").isNull()).isTrue();
    JsonNode cause = stops.at("/stops/1/parts/0/cause");
    assertThat(cause.at("/reason").asString()).isEqualTo("jam");
    assertThat(cause.at("/label").asString()).isEqualTo("Bourrage, pièce coincée");
    assertThat(cause.at("/kind").asString()).isEqualTo("operation");
    assertThat(cause.at("/planned").asBoolean()).isFalse();
    assertThat(cause.at("/loss").asString()).isEqualTo("minor-stops");
    assertThat(cause.at("/source").asString()).isEqualTo("automatic");
    assertThat(cause.at("/signal").asString()).isEqualTo("alarm");
    assertThat(stops.at("/stops/1/waiting").asBoolean()).isFalse();
    assertThat(stops.at("/microStops").size()).isEqualTo(1);
    assertThat(stops.at("/microStops/0/waiting").asBoolean()).isFalse();
    assertThat(stops.at("/reasons/withinHours").asLong()).isEqualTo(24);
    assertThat(stops.at("/reasons/automatic").asLong()).isEqualTo(1);
    assertThat(stops.at("/reasons/open").asLong()).isEqualTo(1);
    JsonNode waiting = json(workshop.get("/api/v1/machines/press/stops/waiting"));
    assertThat(waiting.at("/stops").size()).isEqualTo(1);
    assertThat(waiting.at("/stops/0/start").asString()).isEqualTo("2026-11-24T06:15:00Z");
  }

  @Test
  void aReasonIsGivenSplitCorrectedMergedAndWithdrawnAndAllOfItIsKept() {
    JsonNode given = said(201, "give", "06:15:00", "06:30:00", "no-material");
    assertThat(given.at("/written/by").asString()).isEqualTo("Zoé");
    assertThat(given.at("/written/label").asString()).isEqualTo("Manque de matière");
    assertThat(given.at("/replaced").size()).isZero();
    assertThat(given.at("/stops/0/waiting").asBoolean()).isFalse();
    assertThat(parts()).containsExactly("900 no-material manual");

    post(201, "{'by': 'Zoé', 'act': 'split', 'at': '2026-11-24T06:20:00Z'}");
    assertThat(parts()).containsExactly("300 no-material manual", "600 no-material manual");

    JsonNode corrected = said(201, "correct", "06:20:00", "06:30:00", "no-operator");
    assertThat(corrected.at("/replaced/0/reason").asString()).isEqualTo("no-material");
    assertThat(corrected.at("/replaced/0/seconds").asDouble()).isEqualTo(600);
    assertThat(corrected.at("/replaced/0/entry").asLong())
        .isEqualTo(given.at("/written/entry").asLong());
    assertThat(parts()).containsExactly("300 no-material manual", "600 no-operator manual");

    JsonNode refused = said(400, "merge", "06:15:00", "06:30:00", "");
    assertThat(refused.at("/detail").asString()).contains("no-material, no-operator");
    said(201, "merge", "06:15:00", "06:30:00", "no-operator");
    assertThat(parts()).containsExactly("900 no-operator manual");

    said(201, "correct", "06:15:00", "06:30:00", "training");
    assertThat(parts()).containsExactly("900 training manual");
    said(201, "withdraw", "06:15:00", "06:30:00", "");
    assertThat(parts()).containsExactly("900 ? ?");

    JsonNode history = json(workshop.get(REASONS + "/history"));
    assertThat(history.at("/matching").asInt()).isEqualTo(6);
    assertThat(history.at("/entries").findValuesAsString("act"))
        .containsExactly("give", "split", "correct", "merge", "correct", "withdraw");
    assertThat(history.at("/entries/0/why").asString()).isEqualTo("bac vide");
    assertThat(Instant.parse(history.at("/entries/0/written").asString()))
        .isBetween(workshop.now().minus(Duration.ofMinutes(5)), workshop.now());
    assertThat(json(workshop.get(REASONS + "/history?limit=2&skip=2")).at("/next").asInt())
        .isEqualTo(4);
    assertThat(json(workshop.get(REASONS + "/history?to=2026-11-24T06:00:00Z")).at("/matching"))
        .isEqualTo(JSON.readTree("0"));
  }

  @Test
  void partsOfOneReasonAreMergedWithoutSayingIt() {
    said(201, "give", "06:15:00", "06:20:00", "no-material");
    said(201, "give", "06:20:00", "06:30:00", "no-material");

    JsonNode merged = said(201, "merge", "06:15:00", "06:30:00", "");

    assertThat(merged.at("/written/reason").asString()).isEqualTo("no-material");
    assertThat(parts()).containsExactly("900 no-material manual");
  }

  @Test
  void whatPeopleSayWinsOverAnAlarm() {
    JsonNode corrected = said(201, "correct", "07:00:00", "08:00:00", "mechanical-fault");

    assertThat(corrected.at("/stops/0/parts/0/cause/source").asString()).isEqualTo("manual");
    said(201, "withdraw", "07:00:00", "08:00:00", "");
    assertThat(json(workshop.get(STOPS)).at("/stops/1/parts/0/cause/reason").asString())
        .isEqualTo("jam");
  }

  @Test
  void whereThereIsNoReasonNoneIsCorrected() {
    assertThat(said(400, "correct", "06:15:00", "06:30:00", "jam").at("/detail").asString())
        .isEqualTo(
            "De 2026-11-24T06:15:00Z à 2026-11-24T06:30:00Z, il n'y a rien à corriger :"
                + " donnez d'abord une cause.");
    assertThat(said(400, "correct", "06:40:00", "06:50:00", "jam").at("/status").asInt())
        .isEqualTo(400);
  }

  @Test
  void aReasonGivenWhileTheMachineStandsEndsWhenItRuns() throws IOException {
    Instant stop = workshop.now().minusSeconds(300);
    workshop.send("press", "state", Sample.good(stop, "STOPPED"));
    post(201, "{'by': 'Zoé', 'act': 'give', 'from': '" + stop + "', 'reason': 'break'}");
    workshop.send("press", "state", Sample.good(workshop.now(), "ACTIVE"));

    JsonNode stops =
        json(workshop.get("/api/v1/machines/press/stops?from=" + stop + "&to=" + workshop.now()));

    assertThat(stops.at("/stops/0/waiting").asBoolean()).isFalse();
    assertThat(stops.at("/stops/0/parts").size()).isEqualTo(1);
    assertThat(stops.at("/stops/0/parts/0/cause/reason").asString()).isEqualTo("break");
  }

  @Test
  void mistakesComeTogether() {
    JsonNode problem = post(400, "{'act': 'give', 'to': 'soon', 'reason': 'bad luck'}");

    assertThat(problem.at("/mistakes").findValuesAsString("key"))
        .containsExactlyInAnyOrder("by", "from", "to", "reason");
    assertThat(post(400, "{'by': 'Zoé', 'act': 'shout'}").at("/mistakes/0/wanted").asString())
        .isEqualTo("one of give, split, merge, correct, withdraw");
    assertThat(workshop.post("/api/v1/machines/none/reasons", "{}").statusCode()).isEqualTo(404);
    assertThat(workshop.get(REASONS + "/history?limit=0").statusCode()).isEqualTo(400);
    assertThat(workshop.get(REASONS + "/history?from=soon").statusCode()).isEqualTo(400);
    assertThat(workshop.post(REASONS, "[]").statusCode()).isEqualTo(400);
  }

  @Test
  void rulesOfAMachineAreChecked() {
    HttpResponse<String> answer =
        workshop.put(
            "/api/v1/machines/press",
            """
            {"state": {"signal": "state", "values": {"ACTIVE": "running"}},
             "reasons": [
               {"when": "alarm", "reason": "jam"},
               {"when": "alarm", "says": "A", "above": 1, "reason": "jam"},
               {"says": [], "reason": "bad-luck", "for": "25h"},
               {"when": "alarm", "above": "high", "reason": "jam", "before": "soon"}]}""");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/mistakes").findValuesAsString("key"))
        .containsExactlyInAnyOrder(
            "reasons[0].when",
            "reasons[1].when",
            "reasons[2].when",
            "reasons[2].says",
            "reasons[2].reason",
            "reasons[2].for",
            "reasons[3].above",
            "reasons[3].before");
  }

  @Test
  void theTreeIsReadAndPutAndKeepsWhatIsInUse() {
    JsonNode tree = json(workshop.get("/api/v1/reasons"));
    assertThat(tree.at("/groups").findValuesAsString("kind")).hasSizeLessThanOrEqualTo(25);
    assertThat(workshop.put("/api/v1/reasons", tree.toString()).statusCode()).isEqualTo(200);
    assertThat(json(workshop.get("/api/v1/reasons"))).isEqualTo(tree);

    HttpResponse<String> refused =
        workshop.put(
            "/api/v1/reasons",
            """
            {"groups": [{"code": "all", "label": "Tout", "reasons": [
              {"code": "crane", "label": {"fr": "Pont", "en": "Crane"}, "kind": "induced"}]}]}""");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/mistakes/0/wanted").asString()).endsWith("jam, no-energy");
  }

  @Test
  void plannedStopLeavesRequiredTimeAndStaysAmongTheStops() {
    String figures = "/api/v1/machines/press/figures" + SPAN;
    assertThat(json(workshop.get(figures)).at("/times/tR").asDouble()).isEqualTo(10_800);

    said(201, "give", "06:15:00", "06:30:00", "planned-maintenance");

    JsonNode after = json(workshop.get(figures));
    assertThat(after.at("/times/tR").asDouble()).isEqualTo(9_900);
    assertThat(after.at("/stops/count").asInt()).isEqualTo(1);
    JsonNode stops = json(workshop.get(STOPS));
    assertThat(stops.at("/stops").size()).isEqualTo(2);
    assertThat(stops.at("/stops/0/parts/0/cause/planned").asBoolean()).isTrue();
    assertThat(stops.at("/stops/0/parts/0/cause/loss").isNull()).isTrue();
    assertThat(stops.at("/stops/0/waiting").asBoolean()).isFalse();
  }

  @Test
  void labelsComeInTheReadersLanguage() {
    JsonNode english = json(workshop.get(STOPS, "Accept-Language", "en"));

    assertThat(english.at("/stops/1/parts/0/cause/label").asString()).isEqualTo("Jam");
    String losses = "/api/v1/machines/press/losses" + SPAN;
    assertThat(json(workshop.get(losses)).at("/pareto/bars/0/label").asString())
        .isEqualTo("Bourrage, pièce coincée");
    assertThat(
            json(workshop.get(losses, "Accept-Language", "en"))
                .at("/pareto/bars/0/label")
                .asString())
        .isEqualTo("Jam");
  }

  @Test
  void streamTellsThatSomethingWasSaid() throws IOException {
    URLConnection connection =
        URI.create(workshop.address() + "/api/v1/stream").toURL().openConnection();
    connection.setReadTimeout(30_000);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      assertThat(line).startsWith("event:");
      JsonNode written = said(201, "give", "06:15:00", "06:30:00", "jam").at("/written");
      while (!line.equals("event:reasons")) {
        line = lines.readLine();
      }
      JsonNode told = JSON.readTree(lines.readLine().substring("data:".length()));

      assertThat(told.at("/machine").asString()).isEqualTo("press");
      assertThat(told.at("/entry")).isEqualTo(written.at("/entry"));
    }
  }

  @Test
  void openApiDescribesReasons() {
    assertThat(json(workshop.get("/api/v1/openapi")).at("/paths").propertyNames())
        .contains(
            "/api/v1/reasons",
            "/api/v1/machines/{machine}/reasons",
            "/api/v1/machines/{machine}/reasons/history",
            "/api/v1/machines/{machine}/stops/waiting");
  }

  /** Of the first stop: seconds, reason and source of each part. */
  private List<String> parts() {
    List<String> told = new ArrayList<>();
    for (JsonNode part : json(workshop.get(STOPS)).at("/stops/0/parts")) {
      told.add(
          part.at("/seconds").asLong()
              + " "
              + part.at("/cause/reason").asString("?")
              + " "
              + part.at("/cause/source").asString("?"));
    }
    return told;
  }

  private JsonNode said(int status, String act, String from, String to, String reason) {
    return post(
        status,
        "{'by': 'Zoé', 'why': 'bac vide', 'act': '"
            + act
            + "', 'from': '2026-11-24T"
            + from
            + "Z', 'to': '2026-11-24T"
            + to
            + "Z'"
            + (reason.isEmpty() ? "" : ", 'reason': '" + reason + "'")
            + "}");
  }

  private JsonNode post(int status, String body) {
    HttpResponse<String> answer = workshop.post(REASONS, body.replace('\'', '"'));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
