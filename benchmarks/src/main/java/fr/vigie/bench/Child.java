package fr.vigie.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that is measured from outside. */
final class Child implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("vigie.home", "."));

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  static Child start(Path log, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2"); // as the launcher does
    return new Child(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /** The server as people run it, with any free ports. */
  static Child server(Path folder, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + HOME.resolve("server/jvm.options"),
                "-jar",
                HOME.resolve("server/target/vigie-server.jar").toString(),
                "--port",
                "0",
                "--mqtt-port",
                "0",
                "--data",
                folder.toString()));
    command.addAll(List.of(options));
    Files.createDirectories(folder);
    Child server = start(folder.resolve("server.log"), command);
    server.await(() -> Files.exists(folder.resolve("server.json")), folder.resolve("server.log"));
    return server;
  }

  /** Something that comes true. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * @throws IOException when the process ends first, or a minute passes
   */
  void await(Condition condition, Path log) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("did not come up: " + Files.readString(log));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** User and system time so far. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** Resident memory, in megabytes of 1,048,576 bytes. */
  double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no resident memory of " + process.pid());
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(e -> process).join();
    process.destroyForcibly();
  }
}
