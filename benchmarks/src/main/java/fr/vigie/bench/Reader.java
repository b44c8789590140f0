package fr.vigie.bench;

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
import java.util.stream.Stream;

/** A process that reads a slave of its own, and a serial line when lines are to come. */
final class Reader implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("vigie.home", "."));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final List<Child> children = new ArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Harvest harvest;
  private final int registers;
  private final int linesASecond;
  private final Child process;
  private double cpu;
  private long nanos;
  private double memory;

  /** The command that reads a port of the loopback and a line. */
  private interface Command {
    List<String> of(int port, Path line) throws IOException;
  }

  private Reader(
      Path slave, Path own, Harvest harvest, int registers, int linesASecond, Command command)
      throws IOException {
    this.harvest = harvest;
    this.registers = registers;
    this.linesASecond = linesASecond;
    try {
      int port = Child.freePort();
      Path log = own.resolve("slave.log");
      start(
          log,
          List.of(slave.toString(), "tcp", Integer.toString(port)),
          () -> Files.readString(log).contains("ready"));
      Path line = own.resolve("line");
      if (linesASecond > 0) {
        Path device = own.resolve("device");
        start(
            own.resolve("socat.log"),
            List.of("socat", "PTY,rawer,link=" + line, "PTY,rawer,link=" + device),
            () -> Files.exists(device));
        new Thread(() -> talk(device), "lines").start();
      }
      process = Child.start(own.resolve("log"), command.of(port, line));
      children.add(process);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void start(Path log, List<String> command, Child.Condition up) throws IOException {
    Child child = Child.start(log, command);
    children.add(child);
    child.await(up, log);
  }

  /**
   * The agent as people run it.
   *
   * @param slave the program that is read
   * @param folder for files of its own
   */
  static Reader agent(
      Path slave, Path folder, URI broker, Harvest harvest, int registers, int linesASecond)
      throws IOException {
    Path own = Files.createDirectory(folder);
    return new Reader(
        slave,
        own,
        harvest,
        registers,
        linesASecond,
        (port, line) -> {
          Path config = own.resolve("agent.yaml");
          Files.writeString(
              config, configuration(own, broker, port, registers, line, linesASecond > 0));
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

  /** {@link BareLoop}, with the flags of the agent. */
  static Reader bareLoop(
      Path slave, Path folder, URI broker, Harvest harvest, int registers, int linesASecond)
      throws IOException {
    return new Reader(
        slave,
        Files.createDirectory(folder),
        harvest,
        registers,
        linesASecond,
        (port, line) ->
            List.of(
                JAVA,
                "@" + HOME.resolve("device-agent/jvm.options"),
                "-cp",
                HOME.resolve("benchmarks/target/vigie-benchmarks.jar").toString(),
                BareLoop.class.getName(),
                broker.toString(),
                Integer.toString(port),
                Integer.toString(registers),
                line.toString()));
  }

  private static String configuration(
      Path own, URI broker, int port, int registers, Path line, boolean hasLine) {
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

  private void talk(Path device) {
    try (OutputStream out = Files.newOutputStream(device)) {
      long each = TimeUnit.SECONDS.toNanos(1) / linesASecond;
      long due = System.nanoTime();
      for (int n = 0; !ended.get(); n++) {
        out.write(("n=" + n + "\n").getBytes(StandardCharsets.US_ASCII));
        due += each;
        restUntil(due);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the line is gone", e);
    }
  }

  static void restUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  void awaitFirst() throws IOException {
    process.await(harvest::hasBegun, Path.of("/dev/null"));
  }

  void begin() {
    cpu = process.cpuSeconds();
    nanos = System.nanoTime();
  }

  void end() throws IOException {
    cpu = process.cpuSeconds() - cpu;
    nanos = System.nanoTime() - nanos;
    memory = process.residentMegabytes();
  }

  /**
   * Prints what came between {@link #begin} and {@link #end}, and what it cost.
   *
   * @param after seconds from the first cycle to the beginning
   * @return microseconds of processor time a sample
   */
  double print(String name, int after) {
    double seconds = nanos / 1e9;
    Harvest.Crop crop = harvest.crop(after, (int) Math.round(seconds), registers);
    double each = cpu * 1e6 / (seconds * (10.0 * registers + linesASecond));
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
  public void close() {
    ended.set(true);
    for (int i = children.size() - 1; i >= 0; i--) {
      children.get(i).close();
    }
  }
}
