package fr.vigie.agent.driver.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.pin.StackLight.Light;
import fr.vigie.agent.setting.Mistake;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackLightTest {
  private static final int RED = 0;
  private static final int GREEN = 1;

  private final Bench bench = new Bench();
  private final Switches lines = new Switches(bench);
  private final Map<String, Map<String, Light>> states = new LinkedHashMap<>();

  private StackLight config() {
    Map<String, String> lamps = new LinkedHashMap<>();
    lamps.put("red", "GPIO5");
    lamps.put("green", "GPIO6");
    states.putIfAbsent("fault", Map.of("red", Light.BLINKING));
    states.putIfAbsent("running", Map.of("red", Light.OFF, "green", Light.ON));
    states.putIfAbsent("off", Map.of("red", Light.OFF, "green", Light.OFF));
    return new StackLight(
        "mill",
        lamps,
        Switches.input(),
        states,
        "unknown",
        Duration.ofMillis(50),
        Duration.ofMinutes(1),
        Map.of());
  }

  private Driver tower() throws IOException {
    return new StackLight.Reader(lines, config(), bench.context());
  }

  private List<String> told(String signal) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < bench.samples.size(); i++) {
      if (bench.signals.get(i).name().equals(signal)) {
        Instant time = bench.samples.get(i).time();
        told.add(
            bench.samples.get(i).value() + " at " + Duration.between(Bench.START, time).toMillis());
      }
    }
    return told;
  }

  @Test
  void nothingIsSaidBeforeItIsCertainAndThenItIsDatedFromItsBeginning() throws IOException {
    Driver tower = tower();
    lines.run(tower, 2900);
    assertThat(bench.readings).isEmpty();
    lines.run(tower, 500);
    assertThat(told("state")).containsExactly("off at 0");
    lines.after(1000, GREEN, true);
    lines.run(tower, 6000);

    assertThat(told("state")).hasSize(2);
    assertThat(told("state").get(1)).startsWith("running at ");
    assertThat(told("green")).containsExactly("off at 0", "on at " + moment(1));
    assertThat(told("red")).containsExactly("off at 0");
  }

  private long moment(int sample) {
    return Long.parseLong(told("state").get(sample).replaceAll(".* at ", ""));
  }

  @Test
  void aBlinkingLampIsKnownAtItsThirdChangeAndSteadyAgainThreeSecondsAfterItsLast()
      throws IOException {
    Driver tower = tower();
    lines.after(5000, RED, true);
    for (int i = 0; i < 20; i++) {
      lines.after(500, RED, i % 2 == 1);
    }
    lines.run(tower, 25_000);

    assertThat(told("red"))
        .containsExactly("off at 0", "blinking at 5000", "on at 15000")
        .allSatisfy(text -> assertThat(text).isNotBlank());
    assertThat(told("state")).containsExactly("off at 0", "fault at 5000", "unknown at 15000");
  }

  @Test
  void aDimmedLedIsOnAndABlinkingDimmedLedBlinks() throws IOException {
    Driver tower = tower();
    lines.run(tower, 4000);
    dimmed(10_000);
    lines.run(tower, 10_000);
    assertThat(told("green")).hasSize(2).last().asString().startsWith("on at ");
    for (int i = 0; i < 10; i++) {
      lines.after(400, GREEN, false);
      dimmed(400);
    }
    lines.run(tower, 8000);

    assertThat(told("green")).hasSize(3).last().asString().startsWith("blinking at ");
  }

  private void dimmed(int millis) {
    for (int i = 0; i < millis / 5; i++) {
      lines.after(4, GREEN, true);
      lines.after(1, GREEN, false);
    }
  }

  @Test
  void theFirstStateThatFitsCountsAndALampThatIsNotNamedMayBeAnything() {
    StackLight config = config();

    assertThat(config.state(Map.of("red", Light.BLINKING, "green", Light.ON))).isEqualTo("fault");
    assertThat(config.state(Map.of("red", Light.OFF, "green", Light.ON))).isEqualTo("running");
    assertThat(config.state(Map.of("red", Light.ON, "green", Light.ON))).isEqualTo("unknown");
  }

  @Test
  void whatDoesNotChangeIsToldAgainAfterItsSilence() throws IOException {
    Driver tower = tower();
    lines.run(tower, 130_000);

    assertThat(told("state")).hasSize(3);
    assertThat(told("red")).hasSize(3);
  }

  @Test
  void aStateOfALampThatIsNotThereIsAMistake() {
    states.put("waiting", Map.of("amber", Light.ON));

    assertThatThrownBy(this::config)
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("states.waiting.amber")
        .hasMessageContaining("one of red, green");
  }
}
