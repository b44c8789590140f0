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
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
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
    site("classic");
    workshop.put("/api/v1/machines/press", described("reference-cycle: 20s"));
    workshop.put("/api/v1/machines/untimed", described(""));
    workshop.put(
        "/api/v1/machines/duo",
        described("reference-cycle: 20s")
            .replace(
                "\"shifts\"",
                "\"products\": {\"A\": {\"reference-cycle\": \"20s\"},"
                    + " \"B\": {\"reference-cycle\": \"35s\"}}, \"shifts\""));
    order("duo", "A", "2026-11-24T05:00:00Z");
    order("duo", "B", "2026-11-24T06:00:00Z");
    for (String machine : List.of("press", "untimed", "duo")) {
      workshop.online(machine);
      say(machine, new Random(20261128));
    }
    mill();
  }

  /** A shift from 05:15 on, so that a quarter of an hour of the span is closed. */
  private static void site(String mtbf) {
    var answer =
        workshop.put(
            "/api/v1/site",
            """
            {"zone": "Europe/Paris", "mtbf": "%s",
             "shifts": [{"name": "Matin", "from": "06:15", "to": "14:00"}]}"""
                .formatted(mtbf));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Has everything that a machine can have: two failures, a changeover, energy, condition. */
  private static void mill() throws IOException {
    var described =
        workshop.put(
            "/api/v1/machines/mill",
            """
            {"state": {"signal": "state",
                       "values": {"ACTIVE": "running", "READY": "idle", "STOPPED": "stopped"}},
             "parts": {"counter": "parts"}, "scrap": {"counter": "scrap"}, "shifts": "site",
             "products": {"A": {"reference-cycle": "20s"}}, "cost-per-hour": 45.9,
             "energy": {"counter": "kwh", "unit": "kWh", "price": 0.18, "silence": "2m"},
             "condition": [
               {"signal": "velocity", "label": "Broche",
                "vibration": {"scale": "iso-10816-1-class-1", "hertz-from": 10,
                              "hertz-to": 1000, "usual": 0.8}},
               {"signal": "temperature", "above": {"limit": 80}, "below": {"limit": 10}}]}""");
    assertThat(described.statusCode()).as(described.body()).isEqualTo(201);
    workshop.online("mill");
    order("mill", "A", "2026-11-24T05:10:00Z");
    workshop.send(
        "mill",
        "state",
        Sample.good(START, "ACTIVE"),
        Sample.good(minute(30), "STOPPED"),
        Sample.good(minute(40), "ACTIVE"),
        Sample.good(minute(60), "READY"),
        Sample.good(minute(70), "ACTIVE"),
        Sample.good(minute(80), "STOPPED"),
        Sample.good(minute(80).plusSeconds(20), "ACTIVE"),
        Sample.good(minute(90), "STOPPED"),
        Sample.good(minute(96), "ACTIVE"),
        Sample.good(minute(110), "READY"));
    List<Sample> parts = new ArrayList<>();
    List<Sample> energy = new ArrayList<>();
    Random random = new Random(20261129);
    double used = 5_000;
    for (int minute = 0; minute <= 120; minute++) {
      parts.add(Sample.good(minute(minute), 2L * minute));
      used += 0.05 + 0.1 * random.nextDouble();
      if (minute < 103 || minute > 112) {
        energy.add(Sample.good(minute(minute), used));
      } else if (minute == 103) {
        energy.add(Sample.missing(minute(minute)));
      }
    }
    workshop.send("mill", "parts", parts.toArray(Sample[]::new));
    workshop.send("mill", "kwh", energy.toArray(Sample[]::new));
    workshop.send("mill", "scrap", Sample.good(START, 3), Sample.good(minute(50), 8));
    workshop.send("mill", "velocity", Sample.good(START, 0.9), Sample.good(minute(55), 2.5));
    workshop.send("mill", "temperature", Sample.good(minute(20), 41.5));
    stood("05:30:00", "05:40:00", "mechanical-fault");
    stood("06:00:00", "06:10:00", "changeover");
    stood("06:30:00", "06:36:00", "tool-breakage");
    declared("rework", 2);
    declared("start-up", 1);
  }

  private static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private static void stood(String from, String to, String reason) {
    String day = "2026-11-24T";
    String body =
        """
        {"by": "matin", "act": "give", "from": "%sZ", "to": "%sZ", "reason": "%s"}"""
            .formatted(day + from, day + to, reason);
    var answer = workshop.post("/api/v1/machines/mill/reasons", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static void declared(String kind, int parts) {
    String body =
        """
        {"by": "matin", "kind": "%s", "parts": %d, "at": "2026-11-24T05:50:00Z"}"""
            .formatted(kind, parts);
    var answer = workshop.post("/api/v1/machines/mill/declarations", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void everyFigureFollowsFromWhatIsShownUnderIt() {
    List<String> figures = figures("/api/v1/explain/mill");

    assertThat(figures).containsAll(figures("/api/v1/explain")).contains("zone-velocity");
    for (String figure : figures) {
      JsonNode opened = opened("mill", figure);
      assertThat(opened.at("/title").asString()).isNotBlank();
      assertThat(opened.at("/value").isNumber()).as(figure).isTrue();
      follows(opened);
    }
  }

  @Test
  void aMachineThatCountsPartsAloneHasNoFiguresOfWhatItHasNot() {
    assertThat(figures("/api/v1/explain/press"))
        .contains("TRS", "mtbf", "iso-nee", "lost")
        .doesNotContain("energy", "cost-lost", "cost-energy", "zone-velocity", "energy-price");
    for (String figure : figures("/api/v1/explain/press")) {
      follows(opened("press", figure));
    }
  }

  @Test
  void openedEnergyIsThatOfTheEnergyPage() {
    JsonNode energy = json("/api/v1/machines/mill/energy" + SPAN);

    assertOpened("energy", energy.at("/total/kilowattHours"));
    assertOpened("energy-idle", energy.at("/states/idle/kilowattHours"));
    assertOpened("energy-of-no-state", energy.at("/ofNoState/kilowattHours"));
    assertOpened("energy-night", energy.at("/closed/night/kilowattHours"));
    assertOpened("energy-per-good-part", energy.at("/perGoodPart/ratio"));
    assertOpened("energy-coverage", energy.at("/total/coverage"));
    assertOpened("cost-energy", energy.at("/total/cost"));
    assertOpened("idle-cost-per-hour", energy.at("/idle/costPerHour"));
    assertOpened("peak-power", energy.at("/peak/kilowatts"));
    assertOpened("base-load", energy.at("/baseLoads/0/kilowatts"));
    assertOpened("base-load-closed", energy.at("/baseLoads/1/kilowatts"));
    assertThat(opened("mill", "energy-of-no-state").at("/value").asDouble()).isPositive();
  }

  @Test
  void openedLossesAndReliabilityAreThoseOfTheLossesPage() {
    JsonNode losses = json("/api/v1/machines/mill/losses" + SPAN);

    assertThat(losses.at("/reliability/failures").asInt()).isEqualTo(2);
    assertOpened("failures", losses.at("/reliability/failures"));
    assertOpened("mtbf", losses.at("/reliability/mtbfSeconds"));
    assertOpened("mtbf-at-least", losses.at("/reliability/mtbfAtLeastSeconds"));
    assertOpened("mttr", losses.at("/reliability/mttrSeconds"));
    assertOpened("inherent-availability", losses.at("/reliability/inherentAvailability/ratio"));
    assertOpened("explained", losses.at("/reliability/explained/ratio"));
    assertOpened("cost-lost", losses.at("/lost/cost/amount"));
    assertOpened("cost-loss-breakdowns", losses.at("/losses/breakdowns/cost/amount"));
    assertOpened("cost-loss-unexplained", losses.at("/unexplained/cost/amount"));
    assertOpened("cost-loss-unobserved", losses.at("/unobserved/cost/amount"));
    assertThat(opened("mill", "cost-lost").at("/unit").asString()).isEqualTo("EUR");
  }

  @Test
  void openedIndicatorsOfIso22400AreThoseOfTheFigures() {
    JsonNode iso = json("/api/v1/machines/mill/figures" + SPAN).at("/iso22400");

    assertOpened("AUST", iso.at("/AUST"));
    assertOpened("ADET", iso.at("/ADET"));
    assertOpened("AOET", iso.at("/AOET"));
    assertOpened("iso-nee", iso.at("/nee"));
    assertOpened("iso-technical-efficiency", iso.at("/technicalEfficiency/ratio"));
    assertOpened("iso-setup-rate", iso.at("/setupRate/ratio"));
    assertOpened("iso-scrap-ratio", iso.at("/scrapRatio/ratio"));
    assertOpened("iso-rework-ratio", iso.at("/reworkRatio/ratio"));
    assertOpened("iso-throughput", iso.at("/throughputPerHour"));
  }

  @Test
  void meanTimeBetweenFailuresIsOpenedByTheConventionOfTheSite() {
    assertThat(opened("mill", "mtbf").at("/formula").asString()).isEqualTo("mtbf = tF / failures");
    site("iso22400");
    try {
      JsonNode mean = opened("mill", "mtbf");
      assertThat(mean.at("/formula").asString()).isEqualTo("mtbf = AUPT / failures-and-one");
      assertThat(mean.at("/source").asString()).contains("22400");
      assertThat(mean.at("/inputs/1/value").asInt()).isEqualTo(3);
      follows(mean);
      follows(opened("mill", "mtbf-at-least"));
    } finally {
      site("classic");
    }
  }

  @Test
  void zoneOfAVibrationLeadsToItsLastSampleAndToTheLimitsOfItsScale() {
    JsonNode zone = opened("mill", "zone-velocity");

    assertThat(zone.at("/text").asString()).isEqualTo("C");
    assertThat(zone.at("/title").asString()).endsWith("Broche");
    assertThat(zone.at("/source").asString()).contains("10816-1");
    assertThat(zone.at("/inputs").findValuesAsString("figure"))
        .containsExactly(
            "condition-velocity",
            "end-of-zone-a-velocity",
            "end-of-zone-b-velocity",
            "end-of-zone-c-velocity");
    assertThat(zone.at("/inputs/0/value").asDouble()).isEqualTo(2.5);
    assertThat(zone.at("/inputs/0/evidence/0/count").asInt()).isEqualTo(2);
    assertThat(zone.at("/inputs/1/operation").asString()).isEqualTo("set");
    assertThat(opened("mill", "margin-1-temperature").at("/value").asDouble()).isEqualTo(38.5);
    assertThat(opened("mill", "margin-2-temperature").at("/value").asDouble()).isEqualTo(31.5);
  }

  @Test
  void samplesBeginWithTheOneThatWasInForceAtTheStart() {
    String late = "?from=2026-11-24T06:30:00Z&to=2026-11-24T06:50:00Z";
    JsonNode opened = json("/api/v1/explain/mill/condition-temperature" + late).at("/opened");

    assertThat(opened.at("/value").asDouble()).isEqualTo(41.5);
    JsonNode link = opened.at("/evidence/0");
    assertThat(link.at("/count").asInt()).isEqualTo(1);
    assertThat(json(link.at("/href").asString()).at("/samples/0/time").asString())
        .isEqualTo(minute(20).toString());
  }

  @Test
  void whatAMachineCannotHaveIsRefusedWithWhatToSetUp() {
    assertThat(refused("energy")).contains("\\\"press\\\"", "energy");
    assertThat(refused("cost-energy")).contains("energy meter");
    assertThat(refused("cost-lost")).contains("cost-per-hour");
    assertThat(refused("condition-velocity")).contains("key condition");
    assertThat(workshop.get("/api/v1/explain/mill/condition-noise").statusCode()).isEqualTo(404);
    assertThat(workshop.get("/api/v1/explain/none").statusCode()).isEqualTo(404);
  }

  @Test
  void coverageIsThatOfTheSignalsThatAFigureWasReadFrom() {
    assertThat(observed("TRS")).isEqualTo(7_200);
    assertThat(observed("condition-temperature")).isEqualTo(6_000);
    assertThat(observed("energy")).isEqualTo(6_600);
  }

  private static double observed(String figure) {
    return json("/api/v1/explain/mill/" + figure + SPAN).at("/coverage/observed").asDouble();
  }

  private static String refused(String figure) {
    var answer = workshop.get("/api/v1/explain/press/" + figure, "Accept-Language", "en");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    return answer.body();
  }

  private static void assertOpened(String figure, JsonNode elsewhere) {
    assertThat(elsewhere.isNumber()).as(figure).isTrue();
    assertThat(opened("mill", figure).at("/value").asDouble())
        .as(figure)
        .isEqualTo(elsewhere.asDouble());
  }

  private static List<String> figures(String path) {
    return json(path).findValuesAsString("figure");
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

  private static void order(String machine, String product, String start) {
    String body = "{\"product\": \"%s\", \"start\": \"%s\", \"by\": \"matin\"}";
    assertThat(
            workshop
                .post("/api/v1/machines/" + machine + "/orders", body.formatted(product, start))
                .statusCode())
        .isEqualTo(201);
  }

  private static void follows(JsonNode node) {
    List<Double> inputs = new ArrayList<>();
    boolean hours = isByTheHour(node);
    for (JsonNode input : node.at("/inputs")) {
      hours |= isByTheHour(input);
    }
    for (JsonNode input : node.at("/inputs")) {
      follows(input);
      boolean seconds = hours && input.at("/unit").asString().equals("s");
      double value = input.at("/value").isNull() ? Double.NaN : input.at("/value").asDouble();
      inputs.add(seconds ? value / 3_600 : value);
    }
    String figure = node.at("/figure").asString();
    String operation = node.at("/operation").asString();
    boolean leaf = List.of("measured", "planned", "set").contains(operation);
    assertThat(inputs.isEmpty()).as(figure).isEqualTo(leaf);
    if (leaf || node.at("/value").isNull()) {
      return;
    }
    double expected = made(operation, inputs);
    boolean coins = figure.startsWith("cost-") && inputs.size() == 2 && !figure.contains("energy");
    assertThat(node.at("/value").asDouble())
        .as(figure)
        .isEqualTo(expected, within(coins ? 0.005001 : 1e-9 * Math.max(1, Math.abs(expected))));
  }

  /** Seconds that meet hours count as hours. */
  private static boolean isByTheHour(JsonNode node) {
    String unit = node.at("/unit").asString();
    return unit.endsWith("h") || unit.startsWith("kW");
  }

  private static double made(String operation, List<Double> inputs) {
    if (operation.equals("rank")) {
      return 1 + inputs.stream().filter(limit -> inputs.get(0) > limit).count();
    }
    if (operation.equals("bound")) {
      return new ChiSquaredDistribution(2 * inputs.get(0) + 2).inverseCumulativeProbability(0.95)
          / 2;
    }
    return inputs.stream()
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
