package fr.vigie.example.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.checker.Checker;
import fr.vigie.example.checker.Report;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The firmware companion on a simulated chip, read by a real agent and kept by a real server. */
@Timeout(300)
class FirmwareIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final Instant start = Instant.now();
  private Child agent;
  private RestApi api;
  private SimulatedChip chip;

  @Test
  void whatALineAndResetsDoToAChipNeverBecomesAValueAndIsDeclared()
      throws IOException, InterruptedException {
    SimulatedChip.assumeTools();
    long seed = Long.getLong("seed", System.nanoTime());
    try (Home home = Home.find();
        SimulatedChip press = SimulatedChip.start(folder.resolve("chip"), seed);
        Server server =
            Server.start(
                home, folder.resolve("server"), new Server.Settings("atelier", 0, 0, "embedded"))) {
      chip = press;
      api = server.api();
      agent = home.agent(configuration(server.mqttPort()), folder.resolve("agent.log"));
      await("is understood", () -> stored("parts").size() >= 40);
      assertThat(agent.said("press is press-example 1.0")).isPresent();

      long declared = declared();
      chip.suffer("lose 7");
      await("has a gap", () -> declared() > declared);

      chip.suffer("noise 200");
      await("is noisy", () -> state().rejected("press") >= 10);
      chip.suffer("noise 0");
      awaitFrames(5); // what is lost just before a reset nobody can count

      for (int starts = 2; starts <= 4; starts++) {
        long wanted = starts;
        chip.suffer("reset");
        await("starts again", () -> agent.timesSaid("press is press-example 1.0") >= wanted);
      }
      awaitFrames(20);
      chip.suffer("hold");

      boolean clean = Waiting.until(PATIENCE, () -> report().isClean());
      assertThat(clean).as("seed %d: %s\n%s", seed, report(), losses()).isTrue();
      assertThat(stored("parts").size() + declared()).isEqualTo(chip.frames().size());
    }
  }

  private Path configuration(int mqttPort) throws IOException {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        """
        site: atelier
        agent: pi
        broker: tcp://127.0.0.1:%d
        data: %s
        clock: system
        sensors:
          press:
            machine: press-1
            driver: firmware
            port: %s
            signals:
              current: {kind: gauge, unit: A}
              parts: {kind: counter}
              state: {kind: state}
        """
            .formatted(mqttPort, folder.resolve("data"), chip.port()));
  }

  private void awaitFrames(int count) throws IOException, InterruptedException {
    int before = chip.frames().size();
    await("goes on", () -> chip.frames().size() >= before + count);
  }

  private void await(String what, Waiting.Condition condition)
      throws IOException, InterruptedException {
    boolean done =
        Waiting.until(
            PATIENCE,
            () -> {
              agent.mustLive();
              return condition.holds();
            });
    assertThat(done).as("%s: %s", what, Files.readString(folder.resolve("agent.log"))).isTrue();
  }

  private AgentState state() throws IOException {
    return AgentState.read(folder.resolve("data")).orElseThrow();
  }

  private List<Sample> stored(String signal) throws IOException {
    try {
      return api.samples("press-1", signal);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private List<RestApi.Loss> losses() throws IOException {
    try {
      return api.losses(start.minus(Duration.ofHours(1)), start.plus(Duration.ofDays(1)));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Frames that the agent declared lost. */
  private long declared() throws IOException {
    return losses().stream()
        .filter(loss -> loss.reason().equals("device-gap"))
        .mapToLong(RestApi.Loss::count)
        .sum();
  }

  private Report report() throws IOException {
    Map<String, List<Sample>> stored = new HashMap<>();
    for (String signal : List.of("current", "parts", "state")) {
      stored.put("press-1/" + signal, stored(signal));
    }
    return Checker.check(chip.entries(), stored, Map.of("press", declared()));
  }
}
