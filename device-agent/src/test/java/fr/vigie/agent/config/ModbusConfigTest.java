package fr.vigie.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.agent.register.DeviceTemplate;
import fr.vigie.agent.setting.OwnFile;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Modbus device is told, and what comes with it. */
class ModbusConfigTest {
  private static final String TOP =
      """
      site: atelier
      agent: press-pi
      broker: tcp://127.0.0.1:1883
      data: /var/lib/vigie
      sensors:
        meter:
          machine: press-1
          driver: modbus
      """;

  @TempDir Path folder;

  static Stream<String> templates() {
    return Arrays.stream(DeviceTemplate.class.getAnnotation(OwnFile.class).value());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyTemplateIsReadWhole(String name) throws Exception {
    AgentConfig.Sensor sensor = read("port: /dev/ttyUSB0", "template: " + name);

    assertThat(sensor.signals()).hasSizeGreaterThan(5).doesNotHaveDuplicates();
  }

  @Test
  void noTemplateLiesBesideThatIsNotOffered() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/fr/vigie/agent/register"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(templates().toList());
    }
  }

  @Test
  void aTemplateSetsSpeedAndFramingAndTheSensorMayChangeThem() throws Exception {
    assertThat(read("port: /dev/ttyUSB0", "template: eastron-sdm120").driver().place().manner())
        .isEqualTo("Modbus 2400 8N1");
    assertThat(
            read("port: /dev/ttyUSB0", "template: schneider-altivar", "baud: 9600")
                .driver()
                .place()
                .manner())
        .isEqualTo("Modbus 9600 8E1");
  }

  @Test
  void signalsPickAndRenameThoseOfTheTemplateAndAddTheirOwn() throws Exception {
    AgentConfig.Sensor sensor =
        read(
            "host: 192.168.1.20",
            "template: eastron-sdm630",
            "signals:",
            "  power: {deadband: 5}",
            "  energy: {from: energy-import}",
            "  relay: {table: coil, address: 0x10, values: {0: open, 1: closed}}");

    assertThat(sensor.signals())
        .containsExactly(
            new Signal("press-1", "power", Kind.GAUGE, "W"),
            new Signal("press-1", "energy", Kind.COUNTER, "kW.h"),
            new Signal("press-1", "relay", Kind.STATE, ""));
  }

  @Test
  void aTemplateOfOnesOwnIsNamedByItsPath() throws Exception {
    Path own = folder.resolve("oven.yaml");
    Files.writeString(own, "device: oven\nsignals:\n  heat: {address: 4, scale: 0.1, unit: Cel}\n");

    assertThat(read("host: oven", "template: " + own).signals())
        .containsExactly(new Signal("press-1", "heat", Kind.GAUGE, "Cel"));
  }

  @Test
  void mistakesInATemplateAreToldWithTheirFileAndLine() throws IOException {
    Path own = folder.resolve("oven.yaml");
    Files.writeString(own, "device: oven\nsignals:\n  heat: {type: int16}\n  x: {address: soon}\n");

    assertThat(mistakes("host: oven", "template: " + own))
        .containsExactly(
            "agent.yaml:10  sensors.meter.template: found "
                + own
                + ":4 signals.x.address 'soon', wanted a whole number",
            "agent.yaml:10  sensors.meter.template: found "
                + own
                + ":3 signals.heat.address nothing, wanted the register's address, as the protocol"
                + " counts");
    assertThat(mistakes("host: oven", "template: /nowhere.yaml").get(0))
        .contains("no file at /nowhere.yaml");
    assertThat(mistakes("host: oven", "template: sdm999").get(0))
        .contains("found 'sdm999', wanted one of eastron-sdm120, ");
  }

  @Test
  void everyMistakeOfADeviceIsToldAtOnce() throws IOException {
    assertThat(
            mistakes(
                "port: ttyUSB0",
                "host: 'http://plc/'",
                "framing: 7E1",
                "baud: 12",
                "slave: 248",
                "every: 1ms",
                "timeout: 1m",
                "longest-read: 126",
                "gap: 200",
                "signals:",
                "  a: {address: 70000}",
                "  b: {type: int16}",
                "  c: {address: 1, mask: 3, type: float32}",
                "  d: {address: 1, bit: 16}",
                "  e: {address: 1, values: {on: 1}}",
                "  f: {address: 1, valid: [5, 1]}",
                "  g: {address: 1, table: coil, type: int16}",
                "  h: {from: voltage}",
                "  i: {address: 1, kind: event}"))
        .hasSize(18)
        .allMatch(mistake -> mistake.contains(", wanted "));
  }

  @Test
  void slavesShareALineWhenTheySpeakAlikeAndEachOnce() throws Exception {
    String second =
        """
          second:
            machine: press-2
            driver: modbus
            port: /dev/ttyUSB0
            slave: %d
            template: %s
        """;
    assertThat(
            ConfigReader.read(
                    file(
                        TOP
                            + "    port: /dev/ttyUSB0\n    template: eastron-sdm630\n"
                            + String.format(second, 2, "eastron-sdm72")))
                .sensors())
        .hasSize(2);
    assertThat(
            mistakesOf(
                TOP
                    + "    port: /dev/ttyUSB0\n    template: eastron-sdm630\n"
                    + String.format(second, 2, "eastron-sdm120")))
        .singleElement()
        .asString()
        .contains("wanted the whole bus used alike: Modbus 9600 8N1");
    assertThat(
            mistakesOf(
                TOP
                    + "    port: /dev/ttyUSB0\n    template: eastron-sdm630\n"
                    + String.format(second, 1, "eastron-sdm72")))
        .singleElement()
        .asString()
        .contains("slave 1, which sensor 'meter' uses");
  }

  private AgentConfig.Sensor read(String... lines) throws Exception {
    return ConfigReader.read(file(text(lines))).sensors().values().iterator().next();
  }

  private List<String> mistakes(String... lines) throws IOException {
    return mistakesOf(text(lines));
  }

  private List<String> mistakesOf(String text) throws IOException {
    Path file = file(text);
    ConfigException mistake =
        catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(file));
    return mistake.getMessage().lines().toList();
  }

  private static String text(String... lines) {
    StringBuilder text = new StringBuilder(TOP);
    for (String line : lines) {
      text.append("    ").append(line).append('\n');
    }
    return text.toString();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("agent.yaml"), text);
  }
}
