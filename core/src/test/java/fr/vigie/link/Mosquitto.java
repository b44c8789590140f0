package fr.vigie.link;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Mosquitto of our own on a free port of the loopback, which may be killed and come back.
 */
final class Mosquitto implements Closeable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  private final Path folder;
  private final int port;
  private Process process;

  Mosquitto(Path folder) throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), "mosquitto is not installed: apt install mosquitto");
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    this.process = begin();
  }

  URI address() {
    return URI.create("tcp://127.0.0.1:" + port);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  void restart() throws IOException {
    process = begin();
  }

  private Process begin() throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    Files.write(config, List.of("listener " + port + " 127.0.0.1", "allow_anonymous true"));
    Process begun =
        new ProcessBuilder(PROGRAM.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!listens()) {
      if (!begun.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("mosquitto does not start, see " + folder.resolve("mosquitto.log"));
      }
      LockSupport.parkNanos(10_000_000);
    }
    return begun;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
  }
}
