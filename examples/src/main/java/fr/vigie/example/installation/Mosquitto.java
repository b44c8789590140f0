package fr.vigie.example.installation;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A Mosquitto of our own on a free port, which keeps nothing from one start to the next. */
public final class Mosquitto implements Closeable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/mosquitto"),
          Path.of("/usr/local/sbin/mosquitto"),
          Path.of("/usr/bin/mosquitto"));

  private final Home home;
  private final Path program;
  private final Path folder;
  private final int port;
  private boolean secure;
  private Child child;

  private Mosquitto(Home home, Path program, Path folder, int port) throws IOException {
    this.home = home;
    this.program = program;
    this.folder = folder;
    this.port = port;
    this.child = launch();
  }

  public static Optional<Path> installed() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  public static Mosquitto start(Home home, Path program, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.writeString(configuration(folder), plain(port));
    Mosquitto broker = new Mosquitto(home, program, folder, port);
    broker.awaitReady();
    return broker;
  }

  public String address() {
    return (secure ? "ssl" : "tcp") + "://127.0.0.1:" + port;
  }

  private static String plain(int port) {
    return "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\n";
  }

  /** Starts anew, encrypted from now on, and shows this certificate of itself. */
  public void proveBy(Path certificate, Path key) throws IOException, InterruptedException {
    kill();
    secure = true;
    Files.writeString(
        configuration(folder),
        "user root\n" + plain(port) + "certfile " + certificate + "\nkeyfile " + key + "\n");
    restart();
  }

  public void kill() throws InterruptedException {
    child.kill();
  }

  public void restart() throws IOException, InterruptedException {
    relaunch();
    awaitReady();
  }

  /** Starts it anew after its kill, and does not wait for it. */
  public void relaunch() throws IOException {
    child = launch();
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    child.close();
  }

  private Child launch() throws IOException {
    return home.child(
        "mosquitto",
        List.of(program.toString(), "-c", configuration(folder).toString()),
        folder.resolve("mosquitto.log"));
  }

  private void awaitReady() throws IOException, InterruptedException {
    boolean ready =
        Waiting.until(
            Duration.ofSeconds(15),
            () -> {
              child.mustLive();
              return answers();
            });
    if (!ready) {
      throw new IOException("mosquitto does not listen on port " + port);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path configuration(Path folder) {
    return folder.resolve("mosquitto.conf");
  }
}
