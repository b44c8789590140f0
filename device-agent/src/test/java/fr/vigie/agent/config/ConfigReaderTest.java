package fr.vigie.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  private static final String TOP =
      """
      site: atelier
      agent: press-pi
      broker: tcp://127.0.0.1:1883
      data: /var/lib/vigie
      """;
  private static final String FILLER =
      """
      sensors:
        filler:
          machine: filler-1
          driver: serial-line
          port: /dev/ttyUSB0
          format: key-value
          signals:
            temp: {kind: gauge, unit: Cel, deadband: 0.1, silence: 60s}
            state: {kind: state, from: S}
      """;

  @TempDir Path folder;

  @Test
  void aShortFileIsReadWithItsDefaults() throws Exception {
    AgentConfig config = ConfigReader.read(file(TOP + FILLER));

    assertThat(config.site()).isEqualTo("atelier");
    assertThat(config.link().broker()).hasToString("tcp://127.0.0.1:1883");
    assertThat(config.head()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.batch()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.outboxBytes()).isEqualTo(256L << 20);
    assertThat(config.payload()).isEqualTo(Payload.COLUMNS);
    assertThat(config.sensors()).containsOnlyKeys("filler");
    AgentConfig.Sensor sensor = config.sensors().values().iterator().next();
    assertThat(sensor.machine()).isEqualTo("filler-1");
    assertThat(sensor.driver().describe())
        .containsExactlyInAnyOrder(
            new Signal("filler-1", "temp", Kind.GAUGE, "Cel"),
            new Signal("filler-1", "state", Kind.STATE, ""));
  }

  @Test
  void everyKeyCanBeGiven() throws Exception {
    AgentConfig config =
        ConfigReader.read(
            file(
                TOP
                    + "user: pi\npassword-file: /etc/vigie/secret\nhead: 0\nbatch: 500ms\n"
                    + "outbox: 1GiB\npayload: json\n"
                    + FILLER));

    assertThat(config.link().user()).hasValue("pi");
    assertThat(config.head()).isZero();
    assertThat(config.batch()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.outboxBytes()).isEqualTo(1L << 30);
    assertThat(config.payload()).isEqualTo(Payload.JSON);
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsLine() {
    assertThat(
            mistakes(
                """
                site: at elier
                agent: press-pi
                broker: http://x
                data: /var/lib/vigie
                head: soon
                sensros: {}
                sensors:
                  press:
                    machine: press-1
                    driver: serial-line
                    port: ttyUSB0
                    baud: fast
                    format: regex
                    pattern: '(?<temp>\\d+'
                    signals:
                      temp: {kind: gauge, deadband: -1}
                      state: {knid: state}
                  oven:
                    driver: serial-lin
                """))
        .containsExactly(
            "agent.yaml:1  site: found 'at elier', wanted 1 to 64 letters, digits, '.', '_' or '-',"
                + " starting with a letter or digit",
            "agent.yaml:3  broker: found 'http://x', wanted tcp://host:port or ssl://host:port",
            "agent.yaml:5  head: found 'soon', wanted a duration such as 500ms, 10s or 5m",
            "agent.yaml:6  sensros: found an unknown key, wanted 'sensors'?",
            "agent.yaml:11  sensors.press.port: found 'ttyUSB0', wanted a path such as"
                + " /dev/serial/by-id/…",
            "agent.yaml:12  sensors.press.baud: found 'fast', wanted a whole number",
            "agent.yaml:14  sensors.press.pattern: found '(?<temp>\\d+', wanted a regular"
                + " expression (Unclosed group at place 11)",
            "agent.yaml:16  sensors.press.signals.temp.deadband: found -1.0, wanted 0 or more",
            "agent.yaml:17  sensors.press.signals.state.knid: found an unknown key, wanted 'kind'?",
            "agent.yaml:17  sensors.press.signals.state.kind: found nothing, wanted one of gauge,"
                + " counter, state, event",
            "agent.yaml:19  sensors.oven.driver: found 'serial-lin', wanted one of "
                + String.join(", ", InstalledDrivers.names()));
  }

  @Test
  void severalMistakesInOneRecordAreAllTold() {
    assertThat(
            mistakes(
                TOP
                    + """
                    sensors:
                      press:
                        machine: press/1
                        driver: serial-line
                        port: ttyUSB0
                        baud: 3
                        format: regex
                        pattern: 'T=(?<temp>\\d+)'
                        sequence: n
                        signals:
                          temp: {kind: gauge}
                          state: {kind: state}
                    """))
        .hasSize(5)
        .anyMatch(line -> line.startsWith("agent.yaml:7  sensors.press.machine: "))
        .anyMatch(line -> line.startsWith("agent.yaml:9  sensors.press.port: "))
        .anyMatch(line -> line.startsWith("agent.yaml:10  sensors.press.baud: "))
        .anyMatch(line -> line.startsWith("agent.yaml:13  sensors.press.sequence: found no group"))
        .anyMatch(
            line -> line.startsWith("agent.yaml:16  sensors.press.signals.state: found no group"));
  }

  @Test
  void twoSensorsCannotShareAPortNorASignal() {
    assertThat(
            mistakes(
                TOP
                    + FILLER
                    + """
                      again:
                        machine: filler-1
                        driver: serial-line
                        port: /dev/../dev/ttyUSB0
                        format: json
                        signals:
                          temp: {kind: gauge}
                    """))
        .hasSize(2)
        .anyMatch(line -> line.contains("which sensor 'filler' uses"))
        .anyMatch(line -> line.contains("filler-1/temp, which sensor 'filler' gives"));
  }

  @Test
  void twoSignalsCannotTakeOneKey() {
    assertThat(mistakes(TOP + FILLER + "      again: {kind: gauge, from: S}\n"))
        .singleElement()
        .asString()
        .contains("a key of its own");
  }

  @Test
  void aKeyThatStandsTwiceIsAMistake() {
    assertThat(mistakes("site: a\nsite: b\n" + TOP.replace("site: atelier\n", "") + FILLER))
        .containsExactly("agent.yaml:2  site: found the key a second time, wanted each key once");
  }

  @Test
  void anEmptyFileAndAMissingOneAreToldPlainly() {
    assertThat(mistakes("")).hasSize(1).first().asString().contains("found nothing");
    ConfigException gone =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigReader.read(folder.resolve("none.yaml")));
    assertThat(gone.problems()).hasSize(1);
    assertThat(gone).hasMessageContaining("no file at");
  }

  @Test
  void whatIsNotYamlIsToldWithItsLine() {
    assertThat(mistakes("site: a\nagent: [\n")).hasSize(1).first().asString().contains("YAML");
    assertThat(mistakes("\tsite: a\n")).hasSize(1).first().asString().startsWith("agent.yaml:1  ");
    assertThat(mistakes("just words\n")).isNotEmpty();
    assertThat(mistakes("- a\n- b\n")).isNotEmpty();
    assertThat(mistakes("a: 1\n---\nb: 2\n")).hasSize(1);
  }

  @Test
  void aFileThatIsTooLargeOrNotTextIsToldOnce() throws IOException {
    assertThat(mistakes("#".repeat((1 << 20) + 1)))
        .hasSize(1)
        .first()
        .asString()
        .contains("at most");
    Path latin = folder.resolve("agent.yaml");
    Files.write(latin, "site: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    ConfigException mistake =
        catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(latin));
    assertThat(mistake.problems()).hasSize(1);
    assertThat(mistake).hasMessageContaining("UTF-8");
  }

  @Test
  void aliasesCannotMakeAFileGrow() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    assertThat(mistakes(bomb.toString())).isNotEmpty();
    assertThat(mistakes("sensors: &s\n  x: *s\n")).isNotEmpty();
  }

  @Test
  void nestingWithoutEndIsAMistakeNotACrash() {
    assertThat(mistakes("a: " + "[".repeat(200_000))).hasSize(1);
    assertThat(mistakes("a: " + "[".repeat(100_000) + "]".repeat(100_000))).hasSize(1);
    assertThat(mistakes("{a: ".repeat(50_000))).hasSize(1);
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws Exception {
    assertThat(ConfigReader.read(file("\ufeff" + TOP + FILLER)).site()).isEqualTo("atelier");
  }

  @Test
  void aFileCutAtAnyPlaceIsRefusedOrReadNeverACrash() throws IOException {
    String whole = TOP + FILLER;
    for (int length = 0; length < whole.length(); length++) {
      Path cut = file(whole.substring(0, length));
      try {
        ConfigReader.read(cut);
      } catch (ConfigException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  @Test
  void whatIsMadeOfASignalIsASignalOfTheSensor() throws Exception {
    AgentConfig config =
        ConfigReader.read(
            file(
                TOP
                    + """
                    sensors:
                      press:
                        machine: press-1
                        driver: serial-line
                        port: /dev/ttyUSB0
                        format: json
                        signals:
                          current:
                            kind: gauge
                            unit: A
                            calibrate:
                              points: [{reads: 0.2, is: 0}, {reads: 19.6, is: 20}]
                              margin: 1
                              date: 2026-11-03
                              author: the metrology lab
                            filter: {median: 5, exponential: 500ms}
                            window: 10s
                            give: [rms, max]
                            weigh-by: time
                            states: {learn: 8h, names: [off, on], hysteresis: 0.3, dwell: 5s}
                            swinging-door: 0.1
                            silence: 5m
                          parts: {kind: counter, rate: 1m, rate-per: h, modulus: 65536, raw: false}
                    """));

    AgentConfig.Sensor sensor = config.sensors().values().iterator().next();
    assertThat(sensor.signals())
        .containsExactlyInAnyOrder(
            new Signal("press-1", "current", Kind.GAUGE, "A"),
            new Signal("press-1", "current.rms", Kind.GAUGE, "A"),
            new Signal("press-1", "current.max", Kind.GAUGE, "A"),
            new Signal("press-1", "current.state", Kind.STATE, ""),
            new Signal("press-1", "parts.rate", Kind.GAUGE, "1/h"));
  }

  @Test
  void mistakesOfRefinementAreToldByTheirKeys() {
    String signals = TOP + FILLER.substring(0, FILLER.indexOf("      temp:"));
    assertThat(
            mistakes(
                signals
                    + """
                          a: {kind: gauge, filter: {median: 4}, window: 7s, silence: 0}
                          b:
                            kind: gauge
                            calibrate:
                              points: [{reads: 2, is: 0}, {reads: 1, is: 20}]
                              date: soon
                              author: me
                          c: {kind: counter, window: 10s, swinging-door: 1, silence: 60s}
                          d: {kind: gauge, rate: 1m, swinging-door: 1}
                          e: {kind: gauge, states: {thresholds: [3, 1]}}
                          f: {kind: gauge, give: [mode]}
                          g: {kind: gauge, raw: false}
                    """))
        .containsExactly(
            "agent.yaml:12  sensors.filler.signals.a.filter.median: found 4, wanted an odd number,"
                + " 3 to 99",
            "agent.yaml:12  sensors.filler.signals.a.window: found 7 s, wanted 100ms to 1d, so that"
                + " a day is a whole number of windows",
            "agent.yaml:12  sensors.filler.signals.a.silence: found a silence alone, wanted deadband"
                + " or swinging-door beside it",
            "agent.yaml:16  sensors.filler.signals.b.calibrate.points: found values that do not go"
                + " on in one direction, wanted points in the order of what is read, with true"
                + " values that rise, or fall, throughout",
            "agent.yaml:17  sensors.filler.signals.b.calibrate.date: found 'soon', wanted a date"
                + " such as 2026-11-03",
            "agent.yaml:19  sensors.filler.signals.c.window: found a counter, wanted a gauge",
            "agent.yaml:19  sensors.filler.signals.c.swinging-door: found a counter, wanted a gauge",
            "agent.yaml:20  sensors.filler.signals.d.silence: found nothing, wanted a duration such"
                + " as 60s, at which the swinging door lets a sample leave",
            "agent.yaml:21  sensors.filler.signals.e.states.thresholds: found [3.0, 1.0], wanted"
                + " numbers above 0 that rise",
            "agent.yaml:22  sensors.filler.signals.f.give: found 'mode', wanted one of count, mean,"
                + " min, max, rms, deviation, last",
            "agent.yaml:23  sensors.filler.signals.g.raw: found false, wanted window, rate or states"
                + " beside it, or else nothing leaves");
  }

  @Test
  void aNameThatLeavesNoRoomForWhatIsMadeOfItIsRefused() {
    String name = "n".repeat(60);
    assertThat(
            mistakes(
                TOP
                    + FILLER.substring(0, FILLER.indexOf("      temp:"))
                    + "      "
                    + name
                    + ": {kind: gauge, window: 10s, give: [deviation]}\n"))
        .singleElement()
        .asString()
        .contains("too long a name or unit")
        .contains(name + ".deviation");
  }

  private List<String> mistakes(String text) {
    ConfigException mistake =
        catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(file(text)));
    assertThat(mistake).as("a refusal of " + text).isNotNull();
    return mistake.getMessage().lines().toList();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("agent.yaml"), text);
  }
}
