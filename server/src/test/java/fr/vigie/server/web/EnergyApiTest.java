package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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

class EnergyApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HOUR = "?from=2026-11-24T06:00:00Z&to=2026-11-24T07:00:00Z";

  /** Local midnight of the first day of the oven's weeks. */
  private static final Instant FIRST = Instant.parse("2026-09-27T22:00:00Z");

  private static final int DAYS = 50;

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    press();
    oven();
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  /** Half an hour at 12 kW making parts, then half an hour ready at 3 kW. */
  private static void press() throws IOException {
    put(
        "press",
        """
        {"energy": {"counter": "kwh", "unit": "kWh", "price": 0.2}, "shifts": "none",
         "state": {"signal": "state", "values": {"ACTIVE": "running", "READY": "idle"}},
         "parts": {"counter": "parts"}}""");
    workshop.online("press");
    Instant start = Instant.parse("2026-11-24T06:00:00Z");
    workshop.send(
        "press",
        "state",
        Sample.good(start, "ACTIVE"),
        Sample.good(start.plusSeconds(1_800), "READY"));
    List<Sample> kwh = new ArrayList<>();
    for (int minute = 0; minute <= 60; minute++) {
      double used = Math.min(30, minute) * 0.2 + Math.max(0, minute - 30) * 0.05;
      kwh.add(Sample.good(start.plusSeconds(60L * minute), 1000 + used));
    }
    workshop.send("press", "kwh", kwh.toArray(Sample[]::new));
    workshop.send(
        "press",
        "parts",
        Sample.good(start, 0),
        Sample.good(start.plusSeconds(600), 10),
        Sample.good(start.plusSeconds(1_800), 30));
  }

  /** Fifty days of 100 kWh and half a kWh a part; from the fortieth on 60 kWh less. */
  private static void oven() throws IOException {
    put(
        "oven",
        """
        {"energy": {"intervals": "curve", "unit": "kWh", "every": "1h", "price": 0.2},
         "shifts": "none", "parts": {"counter": "parts"},
         "state": {"signal": "state", "values": {"ACTIVE": "running"}}}""");
    workshop.online("oven");
    Random noise = new Random(5);
    workshop.send("oven", "state", Sample.good(FIRST, "ACTIVE"));
    List<Sample> curve = new ArrayList<>();
    List<Sample> parts = new ArrayList<>();
    parts.add(Sample.good(FIRST, 0));
    int made = 0;
    for (int day = 0; day < DAYS; day++) {
      int today = 100 + 40 * (day % 4);
      double used = 100 + 0.5 * today + 2 * noise.nextGaussian() - (day >= 40 ? 60 : 0);
      for (int hour = 1; hour <= 24; hour++) {
        Instant end = FIRST.plus(Duration.ofHours(24L * day + hour));
        curve.add(Sample.good(end, used / 24));
        made += today / 20 * (hour <= 20 ? 1 : 0);
        parts.add(Sample.good(end.minusSeconds(60), made));
      }
    }
    workshop.send("oven", "curve", curve.toArray(Sample[]::new));
    workshop.send("oven", "parts", parts.toArray(Sample[]::new));
  }

  @Test
  void energyIsToldByStatePerPartAndWithItsCost() {
    JsonNode energy = json(workshop.get("/api/v1/machines/press/energy" + HOUR));

    assertThat(energy.at("/total/kilowattHours").asDouble()).isCloseTo(7.5, within(1e-9));
    assertThat(energy.at("/total/cost").asDouble()).isCloseTo(1.5, within(1e-9));
    assertThat(energy.at("/currency").asString()).isEqualTo("EUR");
    assertThat(energy.at("/total/coverage").asDouble()).isEqualTo(1);
    assertThat(energy.at("/states/running/kilowattHours").asDouble()).isCloseTo(6, within(1e-9));
    assertThat(energy.at("/states/running/meanKilowatts").asDouble()).isCloseTo(12, within(1e-9));
    assertThat(energy.at("/states/off/meanKilowatts").isNull()).isTrue();
    assertThat(energy.at("/idle/kilowattHours").asDouble()).isCloseTo(1.5, within(1e-9));
    assertThat(energy.at("/idle/costPerHour").asDouble()).isCloseTo(0.6, within(1e-9));
    assertThat(energy.at("/perGoodPart/ratio").asDouble()).isCloseTo(0.25, within(1e-9));
    assertThat(energy.at("/perGoodPart/goodParts").asLong()).isEqualTo(30);
    assertThat(energy.at("/peak/kilowatts").asDouble()).isCloseTo(12, within(1e-9));
    assertThat(energy.at("/peak/from").asString()).isEqualTo("2026-11-24T06:00:00Z");
    assertThat(energy.at("/quarters/known").asInt()).isEqualTo(4);
    assertThat(energy.at("/baseLoads/0/method").asString()).isEqualTo("fifth-percentile");
    assertThat(energy.at("/closed").isNull()).isTrue();
    assertThat(energy.at("/gaps")).isEmpty();
  }

  @Test
  void closedTimeIsToldWhereTheWorkshopHasHours() {
    put(
        "night",
        """
        {"energy": {"power": "kw", "unit": "kW"},
         "state": {"signal": "state", "values": {"ACTIVE": "running"}}}""");
    assertThat(
            json(workshop.get("/api/v1/machines/night/energy" + HOUR))
                .at("/closed/weekend/kilowattHours")
                .asDouble())
        .isZero();
  }

  @Test
  void energyIsToldByOrder() {
    put(
        "press",
        """
        {"energy": {"counter": "kwh", "unit": "kWh", "price": 0.2}, "shifts": "none",
         "products": {"A": {"reference-cycle": "60s"}, "B": {"reference-cycle": "30s"}}, "parts": {"counter": "parts"},
         "state": {"signal": "state", "values": {"ACTIVE": "running", "READY": "idle"}}}""");
    for (String order : List.of("A 06:00", "B 06:30")) {
      HttpResponse<String> made =
          workshop.post(
              "/api/v1/machines/press/orders",
              "{\"product\": \"%s\", \"start\": \"2026-11-24T%s:00Z\", \"by\": \"chef\"}"
                  .formatted((Object[]) order.split(" ")));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    JsonNode orders = json(workshop.get("/api/v1/machines/press/energy/orders" + HOUR));

    assertThat(orders).as(orders.toString()).hasSize(2);
    assertThat(orders.at("/0/product").asString()).isEqualTo("A");
    assertThat(orders.at("/0/energy/kilowattHours").asDouble()).isCloseTo(6, within(1e-9));
    assertThat(orders.at("/0/energy/cost").asDouble()).isCloseTo(1.2, within(1e-9));
    assertThat(orders.at("/0/perGoodPart/goodParts").asLong()).isPositive();
    assertThat(orders.at("/1/energy/kilowattHours").asDouble()).isCloseTo(1.5, within(1e-9));
    assertThat(orders.at("/1/to").asString()).isEqualTo("2026-11-24T07:00:00Z");
  }

  @Test
  void aMachineWithoutAMeterSaysSoInBothLanguages() {
    put("saw", "{\"state\": {\"signal\": \"state\", \"values\": {\"ACTIVE\": \"running\"}}}");

    HttpResponse<String> english =
        workshop.get("/api/v1/machines/saw/energy", "Accept-Language", "en");
    assertThat(english.statusCode()).isEqualTo(404);
    assertThat(english.body()).contains("no energy meter");
    assertThat(workshop.get("/api/v1/machines/saw/energy", "Accept-Language", "fr").body())
        .contains("pas de compteur");
    assertThat(workshop.get("/api/v1/machines/nobody/energy").statusCode()).isEqualTo(404);
  }

  @Test
  void aBaselineIsFrozenAndSavingsAreJudgedAgainstIt() {
    HttpResponse<String> made =
        workshop.post(
            "/api/v1/machines/oven/energy/baselines",
            """
            {"name": "before", "from": "%s", "to": "%s", "drivers": ["good-parts"],
             "exclusions": [{"from": "%s", "to": "%s", "why": "essais"}]}"""
                .formatted(day(0), day(40), day(3), day(4)));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode baseline = json(made);
    assertThat(baseline.at("/version").asInt()).isEqualTo(1);
    assertThat(baseline.at("/periods").asInt()).isEqualTo(39);
    assertThat(baseline.at("/leftOut")).isEmpty();
    assertThat(baseline.at("/base/kilowattHours").asDouble()).isCloseTo(100, within(5.0));
    assertThat(baseline.at("/marginal/0/estimate/kilowattHours").asDouble())
        .isCloseTo(0.5, within(0.05));

    JsonNode savings =
        json(
            workshop.get(
                "/api/v1/machines/oven/energy/baselines/before/savings?from=%s&to=%s"
                    .formatted(day(40), day(50))));

    assertThat(savings.at("/saved").asDouble()).isCloseTo(600, within(30.0));
    assertThat(savings.at("/savedCost").asDouble()).isCloseTo(120, within(6.0));
    assertThat(savings.at("/claim").asBoolean()).isTrue();
    assertThat(savings.at("/periods")).hasSize(10);
    assertThat(savings.at("/periods/9/sum").asDouble())
        .isCloseTo(savings.at("/saved").asDouble(), within(1e-9));
    JsonNode before =
        json(
            workshop.get(
                "/api/v1/machines/oven/energy/baselines/before/savings?from=%s&to=%s"
                    .formatted(day(20), day(40))));
    assertThat(before.at("/claim").asBoolean()).as(before.toString()).isFalse();
    assertThat(before.at("/refusals")).isNotEmpty();
  }

  @Test
  void aSecondBaselineOfThatNameIsItsNextVersionAndTheFirstStays() {
    String ask =
        "{\"name\": \"twice\", \"from\": \"%s\", \"to\": \"%s\", \"drivers\": [\"parts\"]}";
    String place = "/api/v1/machines/oven/energy/baselines";

    JsonNode first = json(workshop.post(place, ask.formatted(day(0), day(35))));
    JsonNode second = json(workshop.post(place, ask.formatted(day(0), day(38))));

    assertThat(first.at("/version").asInt()).isEqualTo(1);
    assertThat(second.at("/version").asInt()).isEqualTo(2);
    List<JsonNode> kept = new ArrayList<>();
    json(workshop.get(place))
        .forEach(
            node -> {
              if (node.at("/name").asString().equals("twice")) {
                kept.add(node);
              }
            });
    assertThat(kept).extracting(node -> node.at("/periods").asInt()).containsExactly(38, 35);
    assertThat(kept.get(1).at("/base")).isEqualTo(first.at("/base"));
    String savings = place + "/twice/savings?from=" + day(40) + "&to=" + day(50);
    assertThat(json(workshop.get(savings)).at("/version").asInt()).isEqualTo(2);
    assertThat(json(workshop.get(savings + "&version=1")).at("/version").asInt()).isEqualTo(1);
    assertThat(workshop.get(savings + "&version=3").statusCode()).isEqualTo(404);
  }

  @Test
  void whatMakesNoBaselineIsToldAtOnceAndLeavesNothing() {
    String place = "/api/v1/machines/oven/energy/baselines";
    HttpResponse<String> mistakes =
        workshop.post(
            place, "{\"drivers\": [\"weather\"], \"exclusions\": [{}], \"step\": \"hour\"}");
    assertThat(mistakes.statusCode()).isEqualTo(400);
    List<String> keys = new ArrayList<>();
    json(mistakes).at("/mistakes").forEach(node -> keys.add(node.at("/key").asString()));
    assertThat(keys)
        .contains(
            "name", "from", "to", "drivers", "step", "exclusions[0].from", "exclusions[0].why");

    HttpResponse<String> few =
        workshop.post(
            place,
            "{\"name\": \"few\", \"from\": \"%s\", \"to\": \"%s\", \"drivers\": [\"parts\"]}"
                .formatted(day(0), day(10)));
    assertThat(few.statusCode()).isEqualTo(400);
    assertThat(json(few).at("/detail").asString())
        .isEqualTo(
            "Pas de référence d'énergie : il faut 30 périodes assez connues et non exclues, il y en a"
                + " 10.");
    assertThat(workshop.get(place).body()).doesNotContain("few");
    assertThat(workshop.get(place + "/few/savings?from=" + day(40) + "&to=" + day(50)).statusCode())
        .isEqualTo(404);
  }

  private static String day(int day) {
    int hours = 24 * day + (day >= 27 ? 1 : 0);
    return FIRST.plus(Duration.ofHours(hours)).toString();
  }

  private static void put(String machine, String body) {
    HttpResponse<String> answer = workshop.put("/api/v1/machines/" + machine, body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 204);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
