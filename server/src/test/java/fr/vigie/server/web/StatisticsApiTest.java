package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatisticsApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final String SIGNALS = "/api/v1/machines/lathe/signals/";
  private static final String SPAN = "?from=2026-11-24T06:00:00Z&to=2026-11-24T09:00:00Z";
  private static final int COUNT = 62;
  private static final int OUTLIER = 40;

  @TempDir static Path data;
  private static Workshop workshop;

  /** One a minute about 20, with one far off. */
  private static final double[] DIAMETERS = new double[COUNT];

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    HttpResponse<String> answer =
        workshop.put(
            "/api/v1/machines/lathe",
            """
            {"state": {"signal": "state", "values": {"ACTIVE": "running"}}, "shifts": "none"}""");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    workshop.online("lathe");
    Random random = new Random(20261130);
    for (int i = 0; i < COUNT; i++) {
      DIAMETERS[i] = 20 + 0.01 * random.nextGaussian();
    }
    List<Sample> calm = numbers(DIAMETERS);
    calm.add(Sample.missing(minute(COUNT)));
    calm.add(new Sample(minute(COUNT + 1), new Value.Number(99), Quality.UNCERTAIN));
    send("calm", calm);
    DIAMETERS[OUTLIER] = 20.1;
    send("diameter", numbers(DIAMETERS));
    send("few", numbers(Arrays.copyOf(DIAMETERS, 24)));
    send("one", numbers(20));
    send("huge", numbers(1e308, -1e308, 1e308));
    send("alike", numbers(new double[30]));
    send("state", List.of(Sample.good(START, "ACTIVE")));
    List<Sample> many = new ArrayList<>();
    for (int i = 0; i <= StatisticsApi.MOST_SAMPLES; i++) {
      many.add(Sample.good(START.plusMillis(i), i));
    }
    send("many", many);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void individualsHaveTheLimitsThatTheirMovingRangesGive() {
    JsonNode control = json("diameter/control" + SPAN);
    double ranges = 0;
    for (int i = 1; i < COUNT; i++) {
      ranges += Math.abs(DIAMETERS[i] - DIAMETERS[i - 1]) / (COUNT - 1);
    }
    double mean = Arrays.stream(DIAMETERS).average().orElseThrow();

    assertThat(control.at("/sampled/chart").asString()).isEqualTo("i-mr");
    assertThat(control.at("/sampled/observations").asInt()).isEqualTo(COUNT);
    assertThat(control.at("/location/centre").asDouble()).isCloseTo(mean, within(1e-12));
    assertThat(control.at("/location/upper").asDouble())
        .isCloseTo(mean + 3 * ranges / 1.128, within(1e-9));
    assertThat(control.at("/location/lower").asDouble())
        .isCloseTo(mean - 3 * ranges / 1.128, within(1e-9));
    assertThat(control.at("/sigma").asDouble()).isCloseTo(ranges / 1.128, within(1e-9));
    assertThat(control.at("/spread/centre").asDouble()).isCloseTo(ranges, within(1e-12));
    assertThat(control.at("/spread/points").size()).isEqualTo(COUNT - 1);
    assertThat(control.at("/spread/points/0/time").asString()).isEqualTo(minute(1).toString());
  }

  @Test
  void aPointFarOffBreaksTheFirstRuleOfNelsonAndOfWesternElectric() {
    JsonNode control = json("diameter/control" + SPAN);

    for (String rule : List.of("nelson-1", "western-electric-1")) {
      JsonNode points = control.at("/location/broken/" + rule);
      assertThat(points.size()).as(rule).isEqualTo(1);
      int index = points.at("/0").asInt();
      assertThat(index).isEqualTo(OUTLIER);
      assertThat(control.at("/location/points/" + index + "/value").asDouble()).isEqualTo(20.1);
    }
    assertThat(control.at("/spread/broken/beyond").toString()).isEqualTo("[39,40]");
  }

  @Test
  void subgroupsAreWholeAndStampedByTheirLastObservation() {
    JsonNode control = json("diameter/control" + SPAN + "&subgroup=5");

    assertThat(control.at("/sampled/chart").asString()).isEqualTo("xbar-r");
    assertThat(control.at("/sampled/observations").asInt()).isEqualTo(60);
    assertThat(control.at("/sampled/incomplete").asInt()).isEqualTo(2);
    assertThat(control.at("/location/points").size()).isEqualTo(12);
    assertThat(control.at("/location/points/0/time").asString()).isEqualTo(minute(4).toString());
    assertThat(control.at("/location/points/0/value").asDouble())
        .isCloseTo(Arrays.stream(DIAMETERS, 0, 5).average().orElseThrow(), within(1e-12));
    double reach =
        control.at("/location/upper").asDouble() - control.at("/location/centre").asDouble();
    assertThat(reach / control.at("/spread/centre").asDouble()).isCloseTo(0.577, within(1e-3));

    JsonNode deviations = json("diameter/control" + SPAN + "&subgroup=5&chart=xbar-s");
    double b4 =
        deviations.at("/spread/upper").asDouble() / deviations.at("/spread/centre").asDouble();
    assertThat(b4).isCloseTo(2.089, within(1e-3));
    assertThat(json("diameter/control" + SPAN + "&subgroup=12").at("/sampled/chart").asString())
        .isEqualTo("xbar-s");
  }

  @Test
  void onlyGoodSamplesCountAndTheOthersAreTold() {
    JsonNode sampled = json("calm/control" + SPAN).at("/sampled");

    assertThat(sampled.at("/observations").asInt()).isEqualTo(COUNT);
    assertThat(sampled.at("/notGood").asInt()).isEqualTo(2);
    assertThat(sampled.at("/coverage/asked").asDouble()).isEqualTo(3 * 3_600);
    assertThat(sampled.at("/coverage/observed").asDouble()).isEqualTo(3 * 3_600 - 60);
  }

  @Test
  void capabilityComesWithIntervalsAndWithoutRemarksWhenTheProcessIsStable() {
    JsonNode found = json("calm/capability" + SPAN + "&lower=19.95&upper=20.05");
    double overall = found.at("/overall").asDouble();
    double mean = found.at("/mean").asDouble();

    assertThat(found.at("/refused").isNull()).isTrue();
    assertThat(found.at("/target").asDouble()).isCloseTo(20, within(1e-12));
    assertThat(found.at("/cp/value").asDouble())
        .isCloseTo(0.1 / (6 * found.at("/within").asDouble()), within(1e-9));
    assertThat(found.at("/pp/value").asDouble()).isCloseTo(0.1 / (6 * overall), within(1e-9));
    assertThat(found.at("/ppk/value").asDouble())
        .isCloseTo((0.05 - Math.abs(mean - 20)) / (3 * overall), within(1e-9));
    assertThat(found.at("/cpm/value").asDouble())
        .isCloseTo(0.1 / (6 * Math.hypot(overall, mean - 20)), within(1e-9));
    assertThat(found.at("/cpk/low").asDouble()).isLessThan(found.at("/cpk/value").asDouble());
    assertThat(found.at("/cpk/high").asDouble()).isGreaterThan(found.at("/cpk/value").asDouble());
    assertThat(found.at("/confidence").asDouble()).isEqualTo(0.95);
    assertThat(found.at("/unstable").size()).isZero();
    assertThat(found.at("/remarks").size()).isZero();
  }

  @Test
  void aToleranceOfOneSideHasNoWidth() {
    JsonNode found = json("calm/capability" + SPAN + "&upper=20.05");

    assertThat(found.at("/ppk/value").isNumber()).isTrue();
    for (String index : List.of("cp", "pp", "cpm", "lower", "target")) {
      assertThat(found.at('/' + index).isNull()).as(index).isTrue();
    }
  }

  @Test
  void anUnstableProcessIsSaidToBeSoInTheReadersLanguage() {
    String question = "diameter/capability" + SPAN + "&upper=20.05";

    JsonNode french = json(question, "Accept-Language", "fr");
    assertThat(french.at("/unstable/nelson-1/0").asInt()).isEqualTo(OUTLIER);
    assertThat(french.at("/remarks/0/code").asString()).isEqualTo("not-stable");
    assertThat(french.at("/remarks/0/text").asString()).contains("n'est pas stable");
    assertThat(json(question, "Accept-Language", "en").at("/remarks/0/text").asString())
        .contains("not stable");
  }

  @Test
  void tooFewObservationsRefuseIndices() {
    JsonNode few = json("few/capability" + SPAN + "&upper=20.05");
    assertThat(few.at("/refused").asString()).isEqualTo("too-few-observations");
    assertThat(few.at("/ppk").isNull()).isTrue();
    assertThat(few.at("/mean").isNumber()).isTrue();

    assertThat(json("one/capability" + SPAN + "&upper=20.05").at("/refused").asString())
        .isEqualTo("too-few-observations");
    JsonNode one = json("one/control" + SPAN);
    assertThat(one.at("/refused").asString()).isEqualTo("too-few-observations");
    assertThat(one.at("/location").isNull()).isTrue();
    assertThat(json("alike/capability" + SPAN + "&upper=1").at("/refused").asString())
        .isEqualTo("all-alike");
    assertThat(json("alike/control" + SPAN).at("/sigma").asDouble()).isZero();
  }

  @Test
  void valuesThatNoSensorSaysRefuseChartsAndIndices() {
    JsonNode control = json("huge/control" + SPAN);
    assertThat(control.at("/refused").asString()).isEqualTo("too-large");
    assertThat(control.at("/location").isNull()).isTrue();
    assertThat(json("huge/capability" + SPAN + "&upper=1").at("/refused").asString())
        .isEqualTo("too-large");
  }

  @Test
  void everyMistakeOfAQuestionIsToldAtOnce() {
    HttpResponse<String> answer =
        workshop.get(
            SIGNALS
                + "calm/capability?from=soon&to=late&subgroup=few&chart=pie&lower=low&upper=NaN"
                + "&target=x",
            "Accept-Language",
            "en");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode mistakes = JSON.readTree(answer.body()).at("/mistakes");
    assertThat(mistakes.findValuesAsString("key"))
        .containsExactlyInAnyOrder("from", "to", "subgroup", "chart", "lower", "upper", "target");
    assertThat(mistakes.findValuesAsString("wanted")).contains("one of i-mr, xbar-r, xbar-s");
  }

  @Test
  void questionsThatMakeNoSenseAreRefused() {
    assertThat(mistaken("calm/capability" + SPAN)).containsExactly("lower");
    assertThat(mistaken("calm/capability" + SPAN + "&lower=2&upper=1")).containsExactly("lower");
    assertThat(mistaken("calm/control" + SPAN + "&chart=xbar-r")).isEmpty();
    assertThat(mistaken("calm/control" + SPAN + "&chart=xbar-r&subgroup=11"))
        .containsExactly("subgroup");
    assertThat(mistaken("calm/control" + SPAN + "&chart=i-mr&subgroup=2"))
        .containsExactly("subgroup");
    assertThat(mistaken("calm/control" + SPAN + "&subgroup=0")).containsExactly("subgroup");
    assertThat(mistaken("calm/control?from=2026-11-24T09:00:00Z&to=2026-11-24T08:00:00Z"))
        .containsExactly("to");
    assertThat(workshop.get(SIGNALS + "state/control" + SPAN).statusCode()).isEqualTo(400);
    assertThat(workshop.get(SIGNALS + "none/control" + SPAN).statusCode()).isEqualTo(404);
    assertThat(workshop.get("/api/v1/machines/none/signals/calm/control").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aQuestionOfTooManySamplesIsRefused() {
    HttpResponse<String> answer =
        workshop.get(SIGNALS + "many/control" + SPAN, "Accept-Language", "en");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("20,001", "20,000");
  }

  @Test
  void whatMayBeAskedStandsInTheOpenApiDocument() {
    JsonNode paths = JSON.readTree(workshop.get("/api/v1/openapi").body()).at("/paths");

    assertThat(
            paths
                .path("/api/v1/machines/{machine}/signals/{signal}/capability")
                .at("/get/parameters")
                .findValuesAsString("name"))
        .containsExactlyInAnyOrder(
            "machine", "signal", "from", "to", "subgroup", "chart", "lower", "upper", "target");
  }

  private static List<String> mistaken(String question) {
    HttpResponse<String> answer = workshop.get(SIGNALS + question);
    return JSON.readTree(answer.body()).at("/mistakes").findValuesAsString("key");
  }

  private static JsonNode json(String question, String... headers) {
    HttpResponse<String> answer = workshop.get(SIGNALS + question, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<Sample> numbers(double... values) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      samples.add(Sample.good(minute(i), values[i]));
    }
    return samples;
  }

  private static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private static void send(String signal, List<Sample> samples) throws IOException {
    workshop.send("lathe", signal, samples.toArray(Sample[]::new));
  }
}
