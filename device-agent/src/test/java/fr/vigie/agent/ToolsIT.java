package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.bus.PseudoTerminals;
import fr.vigie.agent.config.ConfigReader;
import fr.vigie.host.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands for the person at the machine, on a real port. */
@Timeout(120)
class ToolsIT {
  @TempDir Path folder;
  private PseudoTerminals cable;
  private String err = "";

  @BeforeEach
  void plug() {
    PseudoTerminals.assumeSocat();
    cable = new PseudoTerminals(folder);
  }

  @AfterEach
  void unplug() {
    if (cable != null) {
      cable.close();
    }
  }

  private Path config(String more) throws IOException {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        """
        site: atelier
        agent: pi
        broker: tcp://127.0.0.1:1
        data: %s
        clock: system
        sensors:
          press:
            machine: press-1
            driver: serial-line
            port: %s
            format: key-value
            sequence: N
            signals:
              state: {kind: state, from: S}
              oil: {kind: gauge, from: T, unit: Cel}
        """
                .formatted(folder.resolve("data"), cable.ours())
            + more);
  }

  private String run(int expected, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line =
        new CommandLine(new AgentMain())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(errors, true));
    int code = line.execute(arguments);
    err = errors.toString();
    assertThat(code).as("%s%n%s", out, err).isEqualTo(expected);
    return out.toString();
  }

  @Test
  void checkSaysWhatEachSensorGaveAndWhatIsWrong() throws IOException {
    Path file =
        config(
            """
              oven:
                machine: oven-1
                driver: serial-line
                port: /dev/serial/by-id/usb-not-there
                format: json
                signals: {heat: {kind: gauge}}
            """);
    cable.say("N=1;S=RUN;T=41.7\nN=2;S=RUN;T=warm\n");
    String out = run(1, "check", "--config", file.toString(), "--for", "2s");

    assertThat(out.lines().toList())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("ok     press")
                    .contains("state = RUN", "oil = 41.7 Cel", "1 refused, the last: "),
            second ->
                assertThat(second)
                    .startsWith("wrong  oven")
                    .contains("usb-not-there is not there: is the device plugged in?"));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void checkEndsAsSoonAsEverySignalGaveAValue() throws IOException {
    cable.say("N=1;S=RUN;T=41.7\n");

    assertThat(run(0, "check", "--config", config("").toString(), "--for", "1h"))
        .contains("oil = 41.7 Cel");
  }

  @Test
  void aSilentDeviceIsToldFromAnAbsentOne() throws IOException {
    assertThat(run(1, "check", "--config", config("").toString(), "--for", "1s"))
        .contains("wrong  press", "it is open, and nothing came in 1 s");
  }

  @Test
  void aMistakeInTheFileIsToldBeforeAnyDeviceIsTouched() throws IOException {
    run(78, "check", "--config", config("      baud: 9600\n").toString());
    assertThat(err).contains("sensors.press");
  }

  @Test
  void watchGivesALineOfJsonForEachValue() throws IOException {
    cable.say("N=1;S=RUN;T=41.7\n");

    assertThat(run(0, "watch", "--config", config("").toString(), "--json", "--for", "2s"))
        .containsPattern(
            "\\{\"time\":\"[^\"]+\",\"machine\":\"press-1\",\"signal\":\"oil\",\"value\":41.7,"
                + "\"unit\":\"Cel\",\"quality\":\"GOOD\"}\n");
  }

  @Test
  void doctorTellsWhatWasRefusedAndHowFullTheLineIs() throws IOException {
    cable.say("N=1;S=RUN;T=41.7\nN=5;S=RUN;T=41.7\nnonsense\n");

    assertThat(run(1, "doctor", "oil", "--config", config("").toString(), "--for", "2s"))
        .contains("press, read here for 2 s: no agent is running")
        .contains("! 1 refused since the start", "! refused: ")
        .contains("! the device's own count jumped 1 times, over 3 readings")
        .contains("% of what 9600 8N1 carries");
    run(64, "doctor", "lathe", "--config", config("").toString());
    assertThat(err).contains("no sensor and no signal 'lathe', wanted one of press");
  }

  @Test
  void aRunningAgentIsNotDisturbedAndIsAskedInstead() throws Exception {
    Path file = config("");
    cable.say("N=1;S=RUN;T=41.7\n");
    try (Agent agent =
        Agent.start(
            ConfigReader.read(file),
            folder.resolve("data"),
            Supervisor.of(Map.of(), 1),
            () -> {})) {
      PseudoTerminals.await(() -> agent.status().sensors().get(0).accepted() == 2);
      String pid = Long.toString(ProcessHandle.current().pid());

      assertThat(run(1, "check", "--config", file.toString())).isEmpty();
      assertThat(err).contains("an agent (process " + pid + ") runs with", "stop it first");
      run(1, "watch", "--config", file.toString());
      assertThat(err).contains("tail --broker tcp://127.0.0.1:1");

      Path status = folder.resolve("data").resolve("status.json");
      PseudoTerminals.await(() -> reads(status, "frames or answers came"));
      assertThat(run(0, "doctor", "press", "--config", file.toString()))
          .contains("press, by the agent (process " + pid + ")")
          .contains("2 values left", "nothing was refused", "the time is known");
      assertThat(agent.status().sensors().get(0).running()).isTrue();
    }
    assertThat(RunningAgent.of(folder.resolve("data"))).isEmpty();
  }

  private static boolean reads(Path file, String words) {
    try {
      return Files.exists(file) && Files.readString(file).contains(words);
    } catch (IOException e) {
      return false;
    }
  }
}
