package fr.vigie.server.store.lines;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real database of our own on a free port of the loopback, which may be killed and come back. */
public final class RealServer implements Closeable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final List<String> command;
  private final URI address;
  private final String alive;
  private final Path log;
  private Process process;

  private RealServer(List<String> command, int port, String alive, Path log) throws IOException {
    this.command = command;
    this.address = URI.create("http://127.0.0.1:" + port);
    this.alive = alive;
    this.log = log;
    this.process = begin();
  }

  /** InfluxDB 1 as Debian has it. */
  public static RealServer influx(Path folder) throws IOException {
    return influx(folder, false);
  }

  /**
   * @param closed whether it asks for names and passwords
   */
  public static RealServer influx(Path folder, boolean closed) throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/influxd")),
        "InfluxDB is not installed: apt install influxdb");
    int port = freePort();
    Path config = folder.resolve("influxdb.conf");
    Files.writeString(
        config,
        String.join(
            "\n",
            "reporting-disabled = true",
            "bind-address = \"127.0.0.1:" + freePort() + '"',
            "[meta]",
            "dir = \"" + folder.resolve("meta") + '"',
            "[data]",
            "dir = \"" + folder.resolve("data") + '"',
            "wal-dir = \"" + folder.resolve("wal") + '"',
            "query-log-enabled = false",
            "[monitor]",
            "store-enabled = false",
            "[http]",
            "bind-address = \"127.0.0.1:" + port + '"',
            "log-enabled = false",
            "auth-enabled = " + closed,
            ""));
    return new RealServer(
        List.of("/usr/bin/influxd", "-config", config.toString()),
        port,
        "/ping",
        folder.resolve("log"));
  }

  /** VictoriaMetrics as Debian has it, with the flags that the store asks for. */
  public static RealServer victoria(Path folder, String... flags) throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/victoria-metrics")),
        "VictoriaMetrics is not installed: apt install victoria-metrics");
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/victoria-metrics",
                "-httpListenAddr=127.0.0.1:" + port,
                "-storageDataPath=" + folder.resolve("data"),
                "-memory.allowedBytes=128MB"));
    command.addAll(List.of(flags));
    return new RealServer(command, port, "/health", folder.resolve("log"));
  }

  /** The flags that are in the documentation. */
  public static RealServer victoria(Path folder) throws IOException {
    return victoria(
        folder,
        "-retentionPeriod=100y",
        "-dedup.minScrapeInterval=1ms",
        "-search.latencyOffset=0s");
  }

  public URI address() {
    return address;
  }

  /** Asks for a page, whatever it says. */
  public void get(String path) throws IOException {
    ask(path);
  }

  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Not by {@code onExit()}: it needs a thread of a pool that a test may have taken up. */
  private void awaitEnd() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts it again after a kill, or after an orderly stop. */
  public void restart() throws IOException {
    process.destroy();
    awaitEnd();
    process = begin();
  }

  @Override
  public void close() {
    kill();
  }

  private Process begin() throws IOException {
    Process begun =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    long deadline = System.nanoTime() + PATIENCE;
    while (!answers()) {
      if (!begun.isAlive() || System.nanoTime() > deadline) {
        begun.destroyForcibly();
        throw new IOException("does not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(20_000_000);
    }
    return begun;
  }

  private boolean answers() {
    try {
      return ask(alive) / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }

  private int ask(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address.resolve(path).toURL().openConnection();
    connection.setConnectTimeout(1000);
    connection.setReadTimeout(20_000);
    return connection.getResponseCode();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
