package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConditionApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final String SPAN = "?from=2026-11-01T00:00:00Z&to=2026-11-22T00:00:00Z";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    HttpResponse<String> answer =
        workshop.put(
            "/api/v1/machines/pump",
            """
            {"state": {"signal": "state", "values": {"ACTIVE": "running"}}, "shifts": "none",
             "condition": [
               {"signal": "velocity", "label": "Palier",
                "vibration": {"scale": "iso-10816-1-class-1", "hertz-from": 10, "hertz-to": 260,
                              "usual": 0.8}},
               {"signal": "temperature", "above": {"limit": 80, "fine": 75}, "hold": "2h",
                "drift": {"since": "2026-11-01T00:00:00Z"}},
               {"signal": "absent"}]}""");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    Random random = new Random(11);
    send("velocity", hour -> 0.8 + 0.1 * hour / 24.0 + 0.02 * random.nextGaussian());
    send(
        "temperature",
        hour -> 60 + random.nextGaussian() + (hour >= 400 ? 25 : 0) - (hour >= 450 ? 25 : 0));
  }

  private static void send(String signal, IntToDoubleFunction value) throws IOException {
    Sample[] samples = new Sample[21 * 24];
    for (int hour = 0; hour < samples.length; hour++) {
      samples[hour] = Sample.good(START.plus(Duration.ofHours(hour)), value.applyAsDouble(hour));
    }
    workshop.send("pump", signal, samples);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void aZoneSaysWhatItStandsOnAndWhatTheSensorDoesNotHear() {
    JsonNode vibration = condition().at("/signals/0/vibration");

    assertThat(vibration.at("/scale").asString()).contains("10816-1", "class I", "withdrawn");
    assertThat(vibration.at("/withdrawn").asBoolean()).isTrue();
    assertThat(vibration.at("/indicative").asBoolean()).isTrue();
    assertThat(vibration.at("/sensedHertz").asString()).isEqualTo("10-260 Hz");
    assertThat(vibration.at("/scaleHertz").asString()).isEqualTo("10-1000 Hz");
    assertThat(vibration.at("/zone").asString()).isEqualTo("C");
    assertThat(vibration.at("/alarm").asDouble()).isCloseTo(1.25, within(1e-9));
    assertThat(vibration.at("/trip").asDouble()).isCloseTo(5.625, within(1e-9));
    assertThat(vibration.at("/changed").asBoolean()).isTrue();
  }

  @Test
  void aTrendSaysWhenAZoneEndsAndHowSureThatIs() {
    JsonNode trend = condition().at("/signals/0/trend");

    assertThat(trend.at("/perDay").asDouble()).isCloseTo(0.1, within(0.005));
    assertThat(trend.at("/perDayLow").asDouble()).isLessThan(0.1);
    assertThat(trend.at("/perDayHigh").asDouble()).isGreaterThan(0.1);
    assertThat(trend.at("/flat").asBoolean()).isFalse();
    JsonNode harmful = trend.at("/limits/1");
    assertThat(harmful.at("/limit").asDouble()).isEqualTo(4.5);
    Instant reached = Instant.parse(harmful.at("/reached").asString());
    Instant truth = START.plus(Duration.ofDays(37));
    assertThat(reached).isBetween(truth.minus(Duration.ofDays(2)), truth.plus(Duration.ofDays(2)));
    assertThat(Instant.parse(harmful.at("/earliest").asString())).isBefore(reached);
    assertThat(Instant.parse(harmful.at("/latest").asString())).isAfter(reached);
  }

  @Test
  void anAlarmComesAfterItsHoldAndADriftWithoutAnyLimit() {
    JsonNode temperature = condition().at("/signals/1");

    assertThat(temperature.at("/alarm/state").asString()).isEqualTo("clear");
    JsonNode events = temperature.at("/alarm/events");
    assertThat(events.at("/0/event").asString()).isEqualTo("raised");
    assertThat(events.at("/0/at").asString())
        .isEqualTo(START.plus(Duration.ofHours(402)).toString());
    assertThat(events.at("/0/since").asString())
        .isEqualTo(START.plus(Duration.ofHours(400)).toString());
    assertThat(temperature.at("/drift/learned").asBoolean()).isTrue();
    assertThat(temperature.at("/drift/level").asDouble()).isCloseTo(60, within(0.5));
    JsonNode drift = temperature.at("/drift/alarm/events");
    boolean seen = false;
    for (JsonNode event : drift) {
      Instant at = Instant.parse(event.at("/at").asString());
      seen |=
          event.at("/event").asString().equals("raised")
              && !at.isBefore(START.plus(Duration.ofHours(400)))
              && !at.isAfter(START.plus(Duration.ofHours(403)));
    }
    assertThat(seen).as(drift.toString()).isTrue();
  }

  @Test
  void aSignalThatNeverCameIsNotMadeUp() {
    JsonNode absent = condition().at("/signals/2");

    assertThat(absent.at("/value").isNull()).isTrue();
    assertThat(absent.at("/trend").isNull()).isTrue();
    assertThat(absent.at("/drift").isNull()).isTrue();
    assertThat(absent.at("/alarm/state").asString()).isEqualTo("clear");
  }

  @Test
  void aMachineOfWhichNothingIsWatchedSaysSo() {
    workshop.put(
        "/api/v1/machines/saw",
        "{\"state\": {\"signal\": \"state\", \"values\": {\"ACTIVE\": \"running\"}}}");

    HttpResponse<String> answer =
        workshop.get("/api/v1/machines/saw/condition", "Accept-Language", "en");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("no key condition");
  }

  private static JsonNode condition() {
    return JSON.readTree(workshop.get("/api/v1/machines/pump/condition" + SPAN).body());
  }
}
