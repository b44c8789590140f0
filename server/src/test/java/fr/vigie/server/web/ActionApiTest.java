package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
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

/**
 * Four weeks of a press that got a new jig in the middle, and of a saw to which nothing was done.
 */
class ActionApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant FIRST = Instant.parse("2026-10-26T07:00:00Z");
  private static final int WORKS = 14;
  private static final int DAYS = 29;

  /** Of a shift of eight hours. */
  private static final double GAINED_HOURS = 1.2;

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    workshop.put(
        "/api/v1/site",
        """
        {"zone": "Europe/Paris", "shifts": [{"name": "Jour", "from": "08:00", "to": "16:00",
          "days": ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]}]}
        """);
    for (String machine : List.of("press", "saw", "mill")) {
      assertThat(workshop.put("/api/v1/machines/" + machine, machine("60s")).statusCode())
          .isEqualTo(201);
      workshop.online(machine);
      workshop.send(machine, "state", states(machine).toArray(new Sample[0]));
    }
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  private static String machine(String microStop) {
    return """
    {"state": {"signal": "state", "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
     "micro-stop": "%s"}
    """
        .formatted(microStop);
  }

  /** Each day runs for some hours from the start of the shift, and stands for the rest of it. */
  private static List<Sample> states(String machine) {
    Random random = new Random(machine.hashCode());
    List<Sample> states = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      Instant start = FIRST.plus(Duration.ofDays(day));
      double gained = day > WORKS && machine.equals("press") ? GAINED_HOURS : 0;
      double hours = 5 + gained + 0.4 * random.nextGaussian();
      states.add(Sample.good(start, "ACTIVE"));
      states.add(Sample.good(start.plusSeconds(Math.round(hours * 3_600)), "STOPPED"));
    }
    return states;
  }

  @Test
  void anActionIsRegisteredAtTheServersTimeAndKeptAsItWasWrittenDown() {
    HttpResponse<String> answer = register("saw", "");

    assertThat(answer.statusCode()).isEqualTo(201);
    String location = answer.headers().firstValue("Location").orElseThrow();
    JsonNode action = json(workshop.get(location));
    assertThat(action.at("/what").asString()).isEqualTo("Nouveau montage");
    assertThat(action.at("/measures/0/direction").asString()).isEqualTo("up");
    assertThat(action.at("/measures/1/measure").asString()).isEqualTo("stops");
    assertThat(action.at("/measures/1/direction").asString()).isEqualTo("down");
    assertThat(Instant.parse(action.at("/registered").asString()))
        .isBetween(Workshop.MORNING, workshop.now());
    assertThat(action.at("/registeredBeforehand").asBoolean()).isFalse();
    assertThat(json(workshop.get("/api/v1/actions?machine=saw")).get(0)).isEqualTo(action);
    assertThat(json(workshop.get("/api/v1/actions")).size()).isPositive();
  }

  @Test
  void aRealImprovementIsDemonstratedInPointsHoursAndEuros() {
    JsonNode evaluation = evaluate("press", ", \"euros-an-hour\": 50");

    assertThat(evaluation.at("/notes/0").asString()).contains("après le début des travaux");
    JsonNode availability = evaluation.at("/measures/0");
    assertThat(availability.at("/verdict").asString()).isEqualTo("demonstrated");
    assertThat(availability.at("/text/0").asString()).isEqualTo("Amélioration démontrée.");
    assertThat(availability.at("/unitsBefore").asInt()).isEqualTo(14);
    assertThat(availability.at("/unitsAfter").asInt()).isEqualTo(14);
    JsonNode effect = availability.at("/effect");
    assertThat(effect.at("/unit").asString()).isEqualTo("%");
    assertThat(effect.at("/difference").asDouble()).isCloseTo(15, within(4.0));
    assertThat(effect.at("/before").asDouble()).isCloseTo(62.5, within(3.0));
    assertThat(effect.at("/differencePercent").asDouble())
        .isCloseTo(
            100 * effect.at("/difference").asDouble() / effect.at("/before").asDouble(),
            within(1e-9));
    JsonNode week = effect.at("/aWeek");
    assertThat(week.at("/unit").asString()).isEqualTo("h");
    assertThat(week.at("/gain").asDouble()).isCloseTo(7 * GAINED_HOURS, within(2.5));
    assertThat(week.at("/euros").asDouble())
        .isCloseTo(50 * week.at("/gain").asDouble(), within(1e-6));
    assertThat(effect.at("/welch/low").asDouble()).isPositive();
    assertThat(effect.at("/bootstrap/low").asDouble()).isPositive();
    assertThat(effect.at("/byOrder/confidence").asDouble()).isEqualTo(0.95);
    assertThat(effect.at("/elsewhere").isNull()).isTrue();
    JsonNode stops = evaluation.at("/measures/1");
    assertThat(stops.at("/verdict").asString()).as("less is better").isEqualTo("demonstrated");
    assertThat(stops.at("/effect/difference").asDouble()).isNegative();
    assertThat(stops.at("/effect/aWeek/gain").asDouble()).isPositive();
    JsonNode trs = evaluation.at("/measures/2");
    assertThat(trs.at("/verdict").isNull()).as("parts are not counted").isTrue();
    assertThat(trs.at("/leftOut/nothing_to_measure").asInt()).isEqualTo(28);
    assertThat(trs.at("/effect").isNull()).isTrue();
  }

  @Test
  void whereNothingWasDoneNothingIsProvedAndTheSmallestVisibleChangeIsSaid() {
    JsonNode measure = evaluate("saw", "").at("/measures/0");

    assertThat(measure.at("/verdict").asString()).isIn("inconclusive", "probable");
    assertThat(measure.at("/effect/smallestVisible").asDouble()).isBetween(2.0, 12.0);
    assertThat(measure.at("/effect/aWeek/euros").isNull()).isTrue();
  }

  @Test
  void aControlMachineTakesAwayWhatHappenedEverywhere() {
    JsonNode effect = evaluate("press", ", \"control\": \"saw\"").at("/measures/0/effect");

    assertThat(effect.at("/elsewhere").asDouble()).isCloseTo(0, within(6.0));
    assertThat(effect.at("/difference").asDouble()).isCloseTo(15, within(7.0));
  }

  @Test
  void daysAreComparedWhenTheActionSaysSo() {
    JsonNode measure = evaluate("press", ", \"every\": \"day\"").at("/measures/0");

    assertThat(measure.at("/verdict").asString()).isEqualTo("demonstrated");
    assertThat(measure.at("/unitsBefore").asInt()).isEqualTo(14);
  }

  @Test
  void aMachineThatWasMeasuredInAnotherWayAfterwardsGetsNoVerdict() throws SQLException {
    workshop.put("/api/v1/machines/mill", machine("90s"));
    describedAt("mill", 2, FIRST.plus(Duration.ofDays(WORKS)));

    JsonNode measure = evaluate("mill", "").at("/measures/0");

    assertThat(measure.at("/verdict").isNull()).isTrue();
    assertThat(measure.at("/text/0").asString()).contains("micro-stop");
    assertThat(measure.at("/effect").isObject()).isTrue();
  }

  private static void describedAt(String machine, int version, Instant at) throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data + "/plant.db");
        PreparedStatement update =
            database.prepareStatement(
                "UPDATE machine_history SET changed_at = ? WHERE name = ? AND version = ?")) {
      update.setString(1, at.toString());
      update.setString(2, machine);
      update.setInt(3, version);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void energyPerGoodPartIsComparedInKilowattHoursAndTheirPrice() throws IOException {
    workshop.put(
        "/api/v1/machines/oven",
        """
        {"state": {"signal": "state", "values": {"ACTIVE": "running"}},
         "parts": {"counter": "parts"},
         "energy": {"counter": "energy", "unit": "kWh", "price": 0.2}}
        """);
    workshop.online("oven");
    List<Sample> states = new ArrayList<>();
    List<Sample> parts = new ArrayList<>();
    List<Sample> energy = new ArrayList<>();
    Random random = new Random(7);
    double index = 1_000;
    for (int hour = 0; hour < 24 * DAYS; hour++) {
      Instant at = FIRST.plus(Duration.ofHours(hour));
      states.add(Sample.good(at, "ACTIVE"));
      parts.add(Sample.good(at, 10 * hour));
      energy.add(Sample.good(at, index));
      index += (hour < 24 * WORKS ? 20 : 15) + random.nextDouble();
    }
    workshop.send("oven", "state", states.toArray(new Sample[0]));
    workshop.send("oven", "parts", parts.toArray(new Sample[0]));
    workshop.send("oven", "energy", energy.toArray(new Sample[0]));

    JsonNode action =
        json(
            workshop.post(
                "/api/v1/actions",
                REGISTRATION.formatted("oven", "\"energy_per_good_part\", \"quality\"", "")));
    JsonNode measures =
        json(workshop.get("/api/v1/actions/" + action.at("/id").asLong() + "/evaluation"))
            .at("/measures");
    assertThat(measures.at("/0/verdict").asString()).isEqualTo("demonstrated");
    JsonNode effect = measures.at("/0/effect");
    assertThat(effect.at("/unit").asString()).isEqualTo("kWh/part");
    assertThat(effect.at("/before").asDouble()).isCloseTo(2.05, within(0.05));
    assertThat(effect.at("/difference").asDouble()).isCloseTo(-0.5, within(0.05));
    assertThat(effect.at("/aWeek/unit").asString()).isEqualTo("kWh");
    assertThat(effect.at("/aWeek/gain").asDouble())
        .as("5 kWh an hour, 8 hours a day")
        .isCloseTo(280, within(15.0));
    assertThat(effect.at("/aWeek/euros").asDouble())
        .isCloseTo(0.2 * effect.at("/aWeek/gain").asDouble(), within(1e-9));
    assertThat(measures.at("/1/verdict").asString()).as("no scrap").isEqualTo("inconclusive");
    assertThat(measures.at("/1/effect/aWeek/unit").asString()).isEqualTo("parts");
  }

  @Test
  void beforeTheRegisteredEndThereIsNoVerdictAndTheReasonInTheReadersLanguage() {
    HttpResponse<String> answer =
        workshop.post(
            "/api/v1/actions",
            """
            {"what": "New spindle", "machine": "press", "measures": ["availability"],
             "baseline": {"from": "2026-11-10T00:00:00Z", "to": "2026-12-01T00:00:00Z"},
             "after": {"from": "2026-12-02T00:00:00Z", "to": "2026-12-20T00:00:00Z"}}
            """);
    JsonNode action = json(answer);
    assertThat(action.at("/registeredBeforehand").asBoolean()).isTrue();

    JsonNode evaluation =
        json(
            workshop.get(
                "/api/v1/actions/" + action.at("/id").asLong() + "/evaluation",
                "Accept-Language",
                "en"));
    assertThat(evaluation.at("/notes").isEmpty()).isTrue();
    assertThat(evaluation.at("/measures/0/text/0").asString())
        .isEqualTo(
            "Too few shifts or days count: 14 before and 0 after, at least 10 are needed on each"
                + " side.");
    assertThat(evaluation.at("/measures/0/text/1").asString()).contains("2026-12-20T00:00:00Z");
  }

  @Test
  void mistakesOfARegistrationComeTogether() {
    HttpResponse<String> answer = workshop.post("/api/v1/actions", "{\"machine\": \"lathe\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/mistakes").findValuesAsString("key"))
        .contains("what", "machine", "measures", "baseline", "after");
  }

  @Test
  void anActionThatNobodyRegisteredIsNotThere() {
    assertThat(workshop.get("/api/v1/actions/9999").statusCode()).isEqualTo(404);
    assertThat(workshop.get("/api/v1/actions/x/evaluation").statusCode()).isEqualTo(404);
  }

  private static JsonNode evaluate(String machine, String more) {
    JsonNode action = json(register(machine, more));
    return json(workshop.get("/api/v1/actions/" + action.at("/id").asLong() + "/evaluation"));
  }

  private static HttpResponse<String> register(String machine, String more) {
    return workshop.post(
        "/api/v1/actions",
        REGISTRATION.formatted(machine, "\"availability\", \"stops\", \"trs\"", more));
  }

  private static final String REGISTRATION =
      """
      {"what": "Nouveau montage", "machine": "%s", "measures": [%s],
       "baseline": {"from": "2026-10-25T23:00:00Z", "to": "2026-11-08T23:00:00Z"},
       "after": {"from": "2026-11-09T23:00:00Z", "to": "2026-11-23T23:00:00Z"}%s}
      """;

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
