package fr.vigie.bench;

import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.server.ingest.IngestService;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What reading Modbus costs the whole agent process: registers of a slave in C over TCP ten times a
 * second, and ten lines a second from a serial port; beside it a bare loop in Java that reads the
 * same and publishes JSON. The first 45 seconds warm up and are not counted. Argument: seconds for
 * each part, 60 and half of it unless given.
 */
public final class ModbusBench {
  private static final Path HOME = Path.of(System.getProperty("vigie.home", "."));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int WARM_UP = 45;
  private static final int FEW = 100;
  private static final int MANY = 10_000;

  private ModbusBench() {}

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    Path folder = Files.createTempDirectory("vigie-modbus-bench");
    if (!Files.isExecutable(Path.of("/usr/bin/socat")) || !compile(folder)) {
      System.out.println("not run: apt install socat gcc pkg-config libmodbus-dev");
      return;
    }
    try (EmbeddedBroker broker =
        new EmbeddedBroker("127.0.0.1", 0, folder.resolve("broker"), IngestService.DATA_FILTER)) {
      broker.start();
      System.out.printf(
          "%-36s %12s %8s %12s %22s %8s%n",
          "", "samples", "missing", "CPU us each", "interval error p50/p99", "RSS MiB");
      double ours = few(broker.address(), folder, seconds, true);
      double bare = few(broker.address(), folder, seconds, false);
      System.out.printf("%-36s %.2f times the bare loop%n", "the agent", ours / bare);
      many(broker.address(), folder, Math.max(1, seconds / 2));
    }
  }

  private static boolean compile(Path folder) throws IOException, InterruptedException {
    return new ProcessBuilder(
                "sh",
                "-c",
                "gcc -O2 -o \"$0\" \"$1\" $(pkg-config --cflags --libs libmodbus)",
                folder.resolve("slave").toString(),
                HOME.resolve("examples/modbus-slave/slave.c").toString())
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }

  private static double few(URI broker, Path folder, int seconds, boolean agent) throws Exception {
    Path own = Files.createDirectory(folder.resolve(agent ? "agent" : "bare"));
    Path line = own.resolve("line");
    Path device = own.resolve("device");
    int port = Child.freePort();
    AtomicBoolean ended = new AtomicBoolean();
    try (Child slave = slave(folder, own, port);
        Child cable =
            Child.start(
                own.resolve("socat.log"),
                List.of("socat", "PTY,rawer,link=" + line, "PTY,rawer,link=" + device));
        Harvest harvest = Harvest.open(broker)) {
      cable.await(() -> Files.exists(device), own.resolve("socat.log"));
      Thread lines = new Thread(() -> talk(device, ended), "lines");
      lines.start();
      List<String> command =
          agent
              ? agent(own, broker, port, FEW, line)
              : List.of(
                  JAVA,
                  "@" + HOME.resolve("device-agent/jvm.options"),
                  "-cp",
                  HOME.resolve("benchmarks/target/vigie-benchmarks.jar").toString(),
                  BareLoop.class.getName(),
                  broker.toString(),
                  Integer.toString(port),
                  Integer.toString(FEW),
                  line.toString());
      String name = agent ? "100 registers + a line, agent" : "the same, bare loop and JSON";
      try (Child reader = Child.start(own.resolve("log"), command)) {
        return measure(name, reader, harvest, FEW, seconds, 10);
      }
    } finally {
      ended.set(true);
    }
  }

  private static void many(URI broker, Path folder, int seconds) throws Exception {
    Path own = Files.createDirectory(folder.resolve("many"));
    int port = Child.freePort();
    try (Child slave = slave(folder, own, port);
        Harvest harvest = Harvest.open(broker);
        Child agent = Child.start(own.resolve("log"), agent(own, broker, port, MANY, own))) {
      measure("10,000 registers, agent", agent, harvest, MANY, seconds, 0);
    }
  }

  /** Microseconds of processor time a sample. */
  private static double measure(
      String name, Child reader, Harvest harvest, int registers, int seconds, int linesASecond)
      throws Exception {
    reader.await(harvest::hasBegun, Path.of("/dev/null"));
    rest(WARM_UP);
    double cpu = reader.cpuSeconds();
    long start = System.nanoTime();
    rest(seconds);
    cpu = reader.cpuSeconds() - cpu;
    double took = (System.nanoTime() - start) / 1e9;
    double memory = reader.residentMegabytes();
    rest(4);
    Harvest.Crop crop = harvest.crop(WARM_UP, seconds, registers);
    double each = cpu * 1e6 / (took * (10.0 * registers + linesASecond));
    System.out.printf(
        "%-36s %,12d %,8d %12.2f %12.3f / %.3f ms %8.0f%n",
        name,
        crop.samples(),
        crop.missing(),
        each,
        crop.intervalError(0.5),
        crop.intervalError(0.99),
        memory);
    return each;
  }

  private static Child slave(Path folder, Path own, int port) throws IOException {
    Path log = own.resolve("slave.log");
    Child slave =
        Child.start(
            log, List.of(folder.resolve("slave").toString(), "tcp", Integer.toString(port)));
    slave.await(() -> Files.readString(log).contains("ready"), log);
    return slave;
  }

  /** The agent as people run it. */
  private static List<String> agent(Path own, URI broker, int port, int registers, Path line)
      throws IOException {
    StringBuilder config = new StringBuilder();
    config
        .append("site: bench\nagent: bench\nbroker: ")
        .append(broker)
        .append("\ndata: ")
        .append(own.resolve("data"))
        .append(
            "\nclock: system\nsensors:\n  plc:\n    machine: plc\n    driver: modbus\n    host: ")
        .append("127.0.0.1:")
        .append(port)
        .append("\n    every: 100ms\n    signals:\n");
    for (int i = 0; i < registers; i++) {
      config.append("      r").append(i).append(": {address: ").append(i).append("}\n");
    }
    if (!Files.isDirectory(line)) {
      config
          .append("  line:\n    machine: line\n    driver: serial-line\n    port: ")
          .append(line)
          .append("\n    format: key-value\n    signals:\n      n: {kind: gauge}\n");
    }
    Path file = Files.writeString(own.resolve("agent.yaml"), config);
    List<String> command =
        new ArrayList<>(List.of(JAVA, "@" + HOME.resolve("device-agent/jvm.options")));
    archive().ifPresent(path -> command.add("-XX:SharedArchiveFile=" + path));
    command.addAll(
        List.of(
            "-DjSerialComm.library.path=" + HOME.resolve("device-agent/target/native"),
            "-Dvigie.home=" + HOME,
            "-Dvigie.native=" + HOME.resolve("device-agent/target/native"),
            "-jar",
            HOME.resolve("device-agent/target/vigie-agent.jar").toString(),
            "--config",
            file.toString()));
    return command;
  }

  private static java.util.Optional<Path> archive() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("target"))) {
      return files.filter(path -> path.toString().endsWith(".jsa")).findFirst();
    }
  }

  private static void talk(Path device, AtomicBoolean ended) {
    try (OutputStream out = Files.newOutputStream(device)) {
      long due = System.nanoTime();
      for (int n = 0; !ended.get(); n++) {
        out.write(("n=" + n + "\n").getBytes(StandardCharsets.US_ASCII));
        due += TimeUnit.MILLISECONDS.toNanos(100);
        restUntil(due);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the line is gone", e);
    }
  }

  private static void rest(int seconds) {
    restUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }

  private static void restUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
