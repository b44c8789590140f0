package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.config.ConfigReader;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentBuilderTest {
  private static final Map<String, Object> PRESS =
      Map.of(
          "driver", "serial-line",
          "machine", "press-1",
          "port", Path.of("/dev/ttyUSB7"),
          "format", "key-value",
          "heartbeat", Duration.ofSeconds(30),
          "missing", List.of("-"),
          "signals", Map.of("parts", Map.of("kind", "counter", "deadband", 0)));

  @TempDir Path folder;

  private AgentBuilder builder() {
    return Agent.builder()
        .site("atelier")
        .agent("pi")
        .broker("tcp://127.0.0.1:1")
        .data(folder.resolve("data"));
  }

  @Test
  void theSameKeysMakeTheSameAgentInAFileAndInAProgram() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("agent.yaml"),
            """
            site: atelier
            agent: pi
            broker: tcp://127.0.0.1:1
            data: %s
            sensors:
              press:
                driver: serial-line
                machine: press-1
                port: /dev/ttyUSB7
                format: key-value
                heartbeat: 30s
                missing: ['-']
                signals:
                  parts: {kind: counter, deadband: 0}
            """
                .formatted(folder.resolve("data")));

    assertThat(builder().sensor("press", PRESS).config()).isEqualTo(ConfigReader.read(file));
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    AgentBuilder wrong = builder().site("l'atelier").broker("http://x").head(Duration.ofHours(1));

    assertThatThrownBy(wrong::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("site: found 'l'atelier'")
        .hasMessageContaining("broker: found 'http://x'")
        .hasMessageContaining("head: found 3600 s");
    assertThatThrownBy(() -> Agent.builder().start())
        .hasMessageContaining("broker: found nothing")
        .hasMessageContaining("data: found nothing");
  }

  @Test
  void aSensorsMistakesAreToldByTheKeysOfTheFile() {
    assertThatThrownBy(
            () ->
                builder()
                    .sensor(
                        "press",
                        Map.of(
                            "driver",
                            "serial-line",
                            "port",
                            "ttyUSB0",
                            "format",
                            "json",
                            "bd",
                            9600)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sensors.press.bd: found an unknown key, wanted 'baud'?")
        .hasMessageContaining("sensors.press.machine: found nothing")
        .hasMessageContaining("sensors.press.port: found 'ttyUSB0'");
  }

  @Test
  void twoSensorsOfOneProgramCannotUseOnePort() {
    AgentConfig.Sensor other =
        AgentConfig.Sensor.of("other", AgentConfig.Sensor.of("press", PRESS).driver());

    assertThatThrownBy(() -> builder().sensor("press", PRESS).sensor(other).start())
        .hasMessageContaining("/dev/ttyUSB7, which sensor 'press' uses")
        .hasMessageContaining("press-1/parts, which sensor 'press' gives");
  }

  @Test
  void whatAProgramGaveIsOnTheDiskWhenTheAgentIsClosed() throws IOException {
    Signal parts = new Signal("press-1", "parts", Kind.COUNTER, "1");
    try (Agent agent = builder().start()) {
      OwnSignal own = agent.signal(parts);
      own.accept(41);
      own.accept(42);
      assertThat(agent.signal(parts)).isSameAs(own);
    }
    try (Agent agent = builder().start()) {
      assertThat(agent.status().courier().outboxRecords()).isEqualTo(1);
      agent.close();
      agent.signal(parts).accept(43);
    }
  }

  @Test
  void anAgentThatCannotStartLeavesItsFolderToOthers() throws IOException {
    Path births = folder.resolve("data").resolve("births");
    Files.createDirectories(births.getParent());
    Files.writeString(births, "in the way");
    assertThatThrownBy(() -> builder().start()).isInstanceOf(IOException.class);

    Files.delete(births);
    try (Agent agent = builder().start()) {
      assertThat(agent.status().stuck()).isEmpty();
      assertThatThrownBy(() -> builder().start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("already open in this process");
      assertThat(RunningAgent.of(folder.resolve("data")))
          .as("the lock against other processes, after the second try")
          .hasValue(ProcessHandle.current().pid());
    }
  }
}
