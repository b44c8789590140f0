package fr.vigie.server.ingest;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Mosquitto of its own, without persistence, on a free port. */
final class Mosquitto implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  private final Path folder;
  private final int port;
  private Process process;

  Mosquitto(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    start();
  }

  void start() throws IOException {
    Path configuration = folder.resolve("mosquitto.conf");
    Files.writeString(
        configuration,
        "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\n");
    process =
        new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(10)).until(this::answers);
  }

  URI address() {
    return URI.create("tcp://127.0.0.1:" + port);
  }

  /** As {@code kill -9}: whatever it held is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
