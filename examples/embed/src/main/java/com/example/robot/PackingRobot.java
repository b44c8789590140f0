package com.example.robot;

import fr.vigie.agent.Agent;
import fr.vigie.agent.OwnSignal;
import fr.vigie.meter.VigieMeterRegistry;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The program of a packing robot, which tells a Vigie server what it does. Its arguments: the
 * broker, a folder for the outbox, and the port of a scale.
 */
public final class PackingRobot {
  private final OwnSignal state;
  private final OwnSignal parts;
  private final Timer cycle;
  private int made;

  private PackingRobot(Agent agent, MeterRegistry meters) {
    state = agent.signal(new Signal("robot-1", "state", Kind.STATE, ""));
    parts = agent.signal(new Signal("robot-1", "parts", Kind.COUNTER, "1"));
    cycle = Timer.builder("cycle").register(meters);
  }

  public static void main(String[] arguments) throws IOException {
    Agent agent =
        Agent.builder()
            .site("atelier")
            .agent("packing-robot")
            .broker(arguments[0])
            .data(Path.of(arguments[1]))
            .sensor("scale", scale(arguments[2]))
            .start();
    MeterRegistry meters =
        new VigieMeterRegistry("robot-1", Duration.ofSeconds(1), agent::signal, agent.clock());
    PackingRobot robot = new PackingRobot(agent, meters);
    ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor();
    work.scheduleAtFixedRate(robot::pack, 0, 20, TimeUnit.MILLISECONDS);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> robot.stop(work, meters, agent)));
  }

  /** As it would stand under the sensor's name in an agent.yaml. */
  private static Map<String, Object> scale(String port) {
    return Map.of(
        "driver", "serial-line",
        "machine", "robot-1",
        "port", port,
        "format", "key-value",
        "signals", Map.of("weight", Map.of("kind", "gauge", "unit", "kg")));
  }

  private void pack() {
    state.accept("RUN");
    cycle.record(() -> made++);
    parts.accept(made);
  }

  /** Nothing that was given is lost: what the server has not got yet waits for the next start. */
  private void stop(ScheduledExecutorService work, MeterRegistry meters, Agent agent) {
    try {
      work.shutdown();
      work.awaitTermination(5, TimeUnit.SECONDS);
      meters.close();
      agent.close();
      System.out.println("made " + made);
    } catch (IOException | InterruptedException e) {
      System.err.println("not stopped in order: " + e);
    }
  }
}
