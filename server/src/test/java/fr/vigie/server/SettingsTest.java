package fr.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path folder;

  @Test
  void everyMistakeIsNamedAtOnce() {
    int code =
        run(
            "--port",
            "70000",
            "--mqtt-port",
            "x",
            "--broker",
            "mqtt:/a",
            "--site",
            "a b",
            "--data",
            folder.toString());

    assertThat(code).isEqualTo(78);
    assertThat(text(err).lines())
        .hasSize(4)
        .anyMatch(
            line -> line.startsWith("command line  server.port: found '70000', wanted a port"))
        .anyMatch(line -> line.startsWith("command line  vigie.mqtt.port: found 'x', wanted"))
        .anyMatch(line -> line.startsWith("command line  vigie.broker: found 'mqtt:/a', wanted"))
        .anyMatch(line -> line.startsWith("command line  vigie.site: found 'a b', wanted"));
  }

  @Test
  void mistakesInAFileAreNamedWithTheirLine() throws IOException {
    Path file = folder.resolve("server.yaml");
    Files.writeString(
        file,
        """
        server:
          address: 0.0.0.0
        vigie:
          data: %s
          brokr: embedded
          mqtt:
            bind: 192.0.2.1
        """
            .formatted(folder));

    assertThat(run("--config", file.toString())).isEqualTo(78);
    assertThat(text(err).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("server.yaml:5  vigie.brokr: found 'embedded', wanted"))
        .anyMatch(line -> line.startsWith("server.yaml:7  vigie.mqtt.bind: found '192.0.2.1'"))
        .anyMatch(
            line -> line.startsWith("server.yaml:2  server.address: found '0.0.0.0', wanted"));
  }

  @Test
  void howLongSamplesAreKeptIsChecked() throws IOException {
    Path file = folder.resolve("server.yaml");
    Files.writeString(
        file,
        """
        vigie:
          data: %s
          keep:
            gauges: 13 months
            counters: 0 days
            states: soon
        """
            .formatted(folder));

    assertThat(run("--config", file.toString())).isEqualTo(78);
    assertThat(text(err).lines())
        .hasSize(2)
        .anyMatch(
            line ->
                line.startsWith(
                    "server.yaml:5  vigie.keep.counters: found '0 days', wanted forever, or"))
        .anyMatch(line -> line.startsWith("server.yaml:6  vigie.keep.states: found 'soon'"));
  }

  @Test
  void aDatabaseNeedsAnAddressAndTheEmbeddedStoreNone() throws IOException {
    Path file = folder.resolve("server.yaml");
    Files.writeString(
        file,
        """
        vigie:
          data: %s
          store: influx
          store-database: "a b"
          store-password-file: /nowhere/at/all
        """
            .formatted(folder));

    assertThat(run("--config", file.toString())).isEqualTo(78);
    assertThat(text(err).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("settings  vigie.store-url: found '', wanted an address"))
        .anyMatch(line -> line.startsWith("server.yaml:4  vigie.store-database: found 'a b'"))
        .anyMatch(line -> line.startsWith("server.yaml:5  vigie.store-password-file: found"));

    err.reset();
    Files.writeString(
        file, "vigie: {data: %s, store-url: 'http://127.0.0.1:8086'}".formatted(folder));
    assertThat(run("--config", file.toString())).isEqualTo(78);
    assertThat(text(err)).contains("wanted none while vigie.store is sqlite").hasLineCount(1);
  }

  @Test
  void unknownOptionEndsWithoutStackTrace() {
    assertThat(run("--prot", "1")).isEqualTo(78);
    assertThat(text(err)).contains("--prot").contains("--help").hasLineCount(1);
  }

  @Test
  void helpShowsExamples() {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).contains("Examples:").contains("--broker tcp://");
  }

  @Test
  void versionIsOneLine() {
    assertThat(run("--version")).isZero();
    assertThat(text(out)).startsWith("vigie-server ").hasLineCount(1);
  }

  private int run(String... arguments) {
    return ServerMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
