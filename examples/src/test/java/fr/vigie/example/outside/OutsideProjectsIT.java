package fr.vigie.example.outside;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.terminal.PseudoTerminal;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Projects of other people, on what this build publishes, with a real server. */
@Timeout(400)
class OutsideProjectsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir Path work;
  private final Path folder = Path.of(System.getProperty("vigie.home", "..")).toAbsolutePath();

  private Server server(Home home) throws IOException, InterruptedException {
    return Server.start(
        home, work.resolve("server"), new Server.Settings("atelier", 0, 0, "embedded"));
  }

  @Test
  void aProgramThatEmbedsAnAgentLosesNothingOfWhatItGave() throws Exception {
    OutsideProject robot = OutsideProject.build(folder.normalize(), "embed", work);
    try (Home home = Home.find();
        PseudoTerminal scale = PseudoTerminal.open(work.resolve("scale"))) {
      Path log = work.resolve("robot.log");
      scale.write("weight=12.5\n".getBytes(StandardCharsets.UTF_8));
      Child alone = start(home, robot, "tcp://127.0.0.1:1", log);
      boolean kept = Waiting.until(PATIENCE, () -> waiting() >= 3);
      assertThat(kept).isTrue();
      alone.close();
      int made = made(alone);

      try (Server server = server(home)) {
        Child again = start(home, robot, "tcp://127.0.0.1:" + server.mqttPort(), log);
        boolean arrived =
            Waiting.until(
                PATIENCE, () -> numbers(server, "parts").stream().filter(n -> n == 1).count() == 2);
        assertThat(arrived).as("what was given without a server, and since").isTrue();
        assertThat(numbers(server, "parts").subList(0, made))
            .isEqualTo(IntStream.rangeClosed(1, made).boxed().toList());
        assertThat(numbers(server, "cycle.count").subList(0, 2)).isSorted();
        assertThat(numbers(server, "cycle.count")).contains(made);
        assertThat(samples(server, "weight").get(0).value()).isEqualTo(Value.of(12.5));
        assertThat(samples(server, "state").get(0).value()).isEqualTo(Value.of("RUN"));
        again.close();
      }
    }
  }

  private Child start(Home home, OutsideProject robot, String broker, Path log) throws IOException {
    return home.child(
        "the robot's program",
        List.of(
            JAVA.toString(),
            "-jar",
            robot.target("packing-robot.jar").toString(),
            broker,
            work.resolve("outbox").toString(),
            work.resolve("scale").toString()),
        log);
  }

  /** Batches of which the agent within the program says that they wait. */
  private long waiting() throws IOException {
    Path status = work.resolve("outbox/status.json");
    String text = Files.exists(status) ? Files.readString(status) : "";
    return text.contains("\"pendingBatches\":")
        ? Long.parseLong(text.replaceAll("(?s).*\"pendingBatches\":(\\d+).*", "$1"))
        : 0;
  }

  private static int made(Child robot) throws IOException {
    return Integer.parseInt(robot.said("made ").orElse("made 0").replace("made ", ""));
  }

  private static List<Integer> numbers(Server server, String signal) throws IOException {
    return samples(server, signal).stream()
        .map(sample -> sample.value() instanceof Value.Number value ? (int) value.number() : -1)
        .toList();
  }

  private static List<Sample> samples(Server server, String signal) throws IOException {
    return samples(server, "robot-1", signal);
  }

  private static List<Sample> samples(Server server, String machine, String signal)
      throws IOException {
    try {
      return server.api().samples(machine, signal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Test
  void aStrangersDriverIsReadLikeOneOfOurs() throws Exception {
    OutsideProject driver = OutsideProject.build(folder.normalize(), "own-driver", work);
    Path temperature = Files.writeString(work.resolve("temp"), "41700\n");
    String classes =
        folder.normalize().resolve("device-agent/target/vigie-agent.jar")
            + ":"
            + driver.target("number-file-driver.jar");
    try (Home home = Home.find();
        Server server = server(home)) {
      Path file =
          Files.writeString(
              work.resolve("agent.yaml"),
              """
              site: atelier
              agent: pi-1
              broker: tcp://127.0.0.1:%d
              data: %s
              sensors:
                board: {driver: number-file, machine: pi-1, file: %s, signal: temp, unit: Cel, scale: 0.001}
              """
                  .formatted(server.mqttPort(), work.resolve("data"), temperature));
      Path log = work.resolve("check.log");
      Child check =
          home.child(
              "the agent",
              List.of(
                  JAVA.toString(),
                  "-cp",
                  classes,
                  "fr.vigie.agent.AgentMain",
                  "check",
                  "--config",
                  file.toString()),
              log);
      assertThat(check.awaitEnd(PATIENCE)).hasValue(0);
      assertThat(check.said("board")).hasValue("ok     board         temp = 41.7 Cel");

      home.child(
          "the agent",
          List.of(
              JAVA.toString(), "-cp", classes, "fr.vigie.agent.AgentMain", "-c", file.toString()),
          work.resolve("agent.log"));
      boolean stored = Waiting.until(PATIENCE, () -> !samples(server, "pi-1", "temp").isEmpty());
      assertThat(stored).isTrue();
      assertThat(samples(server, "pi-1", "temp").get(0).value()).isEqualTo(Value.of(41.7));
    }
  }
}
