package fr.vigie.bench;

import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.server.ingest.IngestService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What reading Modbus costs the whole agent process: registers of a slave in C over TCP ten times a
 * second, and ten lines a second from a serial port. At the same time, so that both meet the same
 * machine in the same mood, a bare loop in Java reads the same and publishes JSON. Counted are one
 * stretch after 45 seconds and one after four minutes: what happens once a second is compiled only
 * after 200 times, and an agent runs for months. Arguments: seconds of a stretch, 60 unless given;
 * {@code few} or {@code many} for only that part.
 */
public final class ModbusBench {
  private static final Path HOME = Path.of(System.getProperty("vigie.home", "."));
  private static final int WARM = 45;
  private static final int WARMER = 240;
  private static final int FEW = 100;
  private static final int MANY = 10_000;
  private static final int LINES_A_SECOND = 10;

  private ModbusBench() {}

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    String part = arguments.length > 1 ? arguments[1] : "";
    Path folder = Files.createTempDirectory("vigie-modbus-bench");
    if (!Files.isExecutable(Path.of("/usr/bin/socat")) || !compile(folder.resolve("slave"))) {
      System.out.println("not run: apt install socat gcc pkg-config libmodbus-dev");
      return;
    }
    try (EmbeddedBroker broker =
        new EmbeddedBroker("127.0.0.1", 0, folder.resolve("broker"), IngestService.DATA_FILTER)) {
      broker.start();
      System.out.printf(
          "%-36s %12s %8s %12s %22s %8s%n",
          "", "samples", "missing", "CPU us each", "interval error p50/p99", "RSS MiB");
      if (!part.equals("many")) {
        few(broker.address(), folder, seconds);
      }
      if (!part.equals("few")) {
        many(broker.address(), folder, Math.max(1, seconds / 2));
      }
    }
  }

  private static boolean compile(Path slave) throws IOException, InterruptedException {
    return new ProcessBuilder(
                "sh",
                "-c",
                "gcc -O2 -o \"$0\" \"$1\" $(pkg-config --cflags --libs libmodbus)",
                slave.toString(),
                HOME.resolve("examples/modbus-slave/slave.c").toString())
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }

  private static void few(URI broker, Path folder, int seconds) throws Exception {
    Path slave = folder.resolve("slave");
    try (Harvest ofAgent = Harvest.ofAgents(broker);
        Harvest ofBare = Harvest.ofTheBareLoop(broker);
        Reader agent =
            Reader.agent(slave, folder.resolve("agent"), broker, ofAgent, FEW, LINES_A_SECOND);
        Reader bare =
            Reader.bareLoop(slave, folder.resolve("bare"), broker, ofBare, FEW, LINES_A_SECOND)) {
      agent.awaitFirst();
      bare.awaitFirst();
      long first = System.nanoTime();
      for (int after : new int[] {WARM, WARMER}) {
        restUntil(first, after);
        agent.begin();
        bare.begin();
        restUntil(first, after + seconds);
        agent.end();
        bare.end();
        restUntil(first, after + seconds + 4);
        double ours = agent.print("100 registers + a line, agent", after);
        double floor = bare.print("the same, bare loop and JSON", after);
        System.out.printf(
            "%-36s %.2f times the bare loop%n", "the agent after " + after + " s", ours / floor);
      }
    }
  }

  private static void many(URI broker, Path folder, int seconds) throws Exception {
    try (Harvest harvest = Harvest.ofAgents(broker);
        Reader agent =
            Reader.agent(
                folder.resolve("slave"), folder.resolve("many"), broker, harvest, MANY, 0)) {
      agent.awaitFirst();
      long first = System.nanoTime();
      restUntil(first, WARM);
      agent.begin();
      restUntil(first, WARM + seconds);
      agent.end();
      restUntil(first, WARM + seconds + 4);
      agent.print("10,000 registers, agent", WARM);
    }
  }

  private static void restUntil(long first, int seconds) {
    Reader.restUntil(first + TimeUnit.SECONDS.toNanos(seconds));
  }
}
