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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What reading Modbus costs the whole agent process: registers of a slave in C over TCP ten times a
 * second, and ten lines a second from a serial port; at the same time, and so on the same machine
 * in the same mood, a bare loop in Java that reads the same and publishes JSON. The first 45
 * seconds warm up and are not counted; then come two stretches, for what an agent compiles in its
 * first minutes it never compiles again. Arguments: seconds for each stretch, 60 unless given, and
 * half of it for many registers; {@code few} or {@code many} for only that part.
 */
public final class ModbusBench {
  private static final Path HOME = Path.of(System.getProperty("vigie.home", "."));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final int WARM_UP = 45;
  private static final int FEW = 100;
  private static final int MANY = 10_000;
  private static final int LINES_A_SECOND = 10;

  private ModbusBench() {}

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    String part = arguments.length > 1 ? arguments[1] : "";
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
      if (!part.equals("many")) {
        few(broker.address(), folder, seconds);
      }
      if (!part.equals("few")) {
        many(broker.address(), folder, Math.max(1, seconds / 2));
      }
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

  private static void few(URI broker, Path folder, int seconds) throws Exception {
    try (Harvest ofAgent = Harvest.ofAgents(broker);
        Harvest ofBare = Harvest.ofTheBareLoop(broker);
        Reader agent = Reader.agent(folder, broker, FEW, ofAgent, LINES_A_SECOND);
        Reader bare = Reader.bareLoop(folder, broker, ofBare)) {
      agent.begun();
      bare.begun();
      rest(WARM_UP);
      for (int stretch = 0; stretch < 2; stretch++) {
        agent.start();
        bare.start();
        rest(seconds);
        agent.end();
        bare.end();
        rest(4);
        int after = WARM_UP + stretch * (seconds + 4);
        System.out.printf("from %d s after the start on, for %d s:%n", after, seconds);
        double ours = agent.print("100 registers + a line, agent", after);
        double floor = bare.print("the same, bare loop and JSON", after);
        System.out.printf("%-36s %.2f times the bare loop%n", "the agent", ours / floor);
      }
    }
  }

  private static void many(URI broker, Path folder, int seconds) throws Exception {
    Path own = Files.createDirectory(folder.resolve("many"));
    try (Harvest harvest = Harvest.ofAgents(broker);
        Reader agent = Reader.agent(own, broker, MANY, harvest, 0)) {
      agent.begun();
      rest(WARM_UP);
      agent.start();
      rest(seconds);
      agent.end();
      rest(4);
      agent.print("10,000 registers, agent", WARM_UP);
    }
  }

  /** A process that reads a slave, and a serial line if there is one. */
  private static final class Reader implements AutoCloseable {
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Harvest harvest;
    private final int registers;
    private final int lines;
    private final Child process;
    private double cpu;
    private long nanos;
    private double memory;

    private Reader(
        Path folder, Path own, Harvest harvest, int registers, int lines, Command command)
        throws IOException {
      this.harvest = harvest;
      this.registers = registers;
      this.lines = lines;
      try {
        int port = Child.freePort();
        Path slave = own.resolve("slave.log");
        parts.add(
            started(
                slave,
                List.of(slaveProgram(folder), "tcp", Integer.toString(port)),
                () -> Files.readString(slave).contains("ready")));
        Path line = own.resolve("line");
        if (lines > 0) {
          Path device = own.resolve("device");
          parts.add(
              started(
                  own.resolve("socat.log"),
                  List.of("socat", "PTY,rawer,link=" + line, "PTY,rawer,link=" + device),
                  () -> Files.exists(device)));
          new Thread(() -> talk(device, ended), "lines").start();
        }
        process = Child.start(own.resolve("log"), command.of(port, line));
        parts.add(process);
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    private interface Command {
      List<String> of(int port, Path line) throws IOException;
    }

    private static String slaveProgram(Path folder) {
      Path here = folder.resolve("slave");
      return (Files.exists(here) ? here : folder.resolveSibling("slave")).toString();
    }

    private static Child started(Path log, List<String> command, Child.Condition up)
        throws IOException {
      Child child = Child.start(log, command);
      child.await(up, log);
      return child;
    }

    /** The agent as people run it. */
    static Reader agent(Path folder, URI broker, int registers, Harvest harvest, int lines)
        throws IOException {
      Path own = Files.createDirectory(folder.resolve("agent"));
      return new Reader(
          folder,
          own,
          harvest,
          registers,
          lines,
          (port, line) -> {
            Path config = own.resolve("agent.yaml");
            Files.writeString(config, configuration(own, broker, port, registers, lines > 0, line));
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
                    config.toString()));
            return command;
          });
    }

    static Reader bareLoop(Path folder, URI broker, Harvest harvest) throws IOException {
      return new Reader(
          folder,
          Files.createDirectory(folder.resolve("bare")),
          harvest,
          FEW,
          LINES_A_SECOND,
          (port, line) ->
              List.of(
                  JAVA,
                  "@" + HOME.resolve("device-agent/jvm.options"),
                  "-cp",
                  HOME.resolve("benchmarks/target/vigie-benchmarks.jar").toString(),
                  BareLoop.class.getName(),
                  broker.toString(),
                  Integer.toString(port),
                  Integer.toString(FEW),
                  line.toString()));
    }

    void begun() throws IOException {
      process.await(harvest::hasBegun, Path.of("/dev/null"));
    }

    void start() {
      cpu = process.cpuSeconds();
      nanos = System.nanoTime();
    }

    void end() throws IOException {
      cpu = process.cpuSeconds() - cpu;
      nanos = System.nanoTime() - nanos;
      memory = process.residentMegabytes();
    }

    /** Microseconds of processor time a sample. */
    double print(String name, int after) {
      double took = nanos / 1e9;
      Harvest.Crop crop = harvest.crop(after, (int) Math.round(took), registers);
      double each = cpu * 1e6 / (took * (10.0 * registers + lines));
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

    @Override
    public void close() throws IOException {
      ended.set(true);
      try {
        for (int i = parts.size() - 1; i >= 0; i--) {
          parts.get(i).close();
        }
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private static String configuration(
      Path own, URI broker, int port, int registers, boolean hasLine, Path line) {
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
    if (hasLine) {
      config
          .append("  line:\n    machine: line\n    driver: serial-line\n    port: ")
          .append(line)
          .append("\n    format: key-value\n    signals:\n      n: {kind: gauge}\n");
    }
    return config.toString();
  }

  private static Optional<Path> archive() throws IOException {
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
