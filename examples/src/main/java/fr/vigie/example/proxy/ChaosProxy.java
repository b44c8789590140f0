package fr.vigie.example.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a server, and torments what passes, each direction by itself. What is
 * changed takes effect on open connections too. Any thread may call.
 */
public final class ChaosProxy implements Closeable {
  private final InetSocketAddress target;
  private final ServerSocket door;
  private final long seed;
  private final List<Relay> relays = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Torment up = Torment.NONE;
  private volatile Torment down = Torment.NONE;
  private volatile boolean refusing;

  private ChaosProxy(ServerSocket door, InetSocketAddress target, long seed) {
    this.door = door;
    this.target = target;
    this.seed = seed;
  }

  /** Listens on any free port of the loopback. */
  public static ChaosProxy before(int port, long seed) throws IOException {
    return open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), port, seed);
  }

  /**
   * @param at where clients connect; port 0 for any free one
   * @param port of the server on the loopback, which need not run
   * @param seed of what is garbled
   */
  public static ChaosProxy open(InetSocketAddress at, int port, long seed) throws IOException {
    ServerSocket door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(at);
    } catch (IOException e) {
      door.close();
      throw new IOException("cannot listen at " + at + ": " + e.getMessage(), e);
    }
    ChaosProxy proxy =
        new ChaosProxy(door, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), seed);
    Threads.start("proxy " + door.getLocalPort(), proxy::welcome);
    return proxy;
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Where clients connect, as {@code tcp://127.0.0.1:1234}. */
  public String address() {
    return "tcp://" + door.getInetAddress().getHostAddress() + ':' + port();
  }

  /** From the clients to the server. */
  public void up(Torment torment) {
    up = torment;
  }

  /** From the server to the clients. */
  public void down(Torment torment) {
    down = torment;
  }

  public void calm() {
    up = Torment.NONE;
    down = Torment.NONE;
    refusing = false;
  }

  /** Resets whoever connects from now on, until {@link #calm()}. */
  public void refuse() {
    refusing = true;
  }

  /** Resets every connection that is open, on both sides. */
  public void reset() {
    relays.forEach(Relay::reset);
  }

  /** Connections that were made since the start. */
  public int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws IOException {
    door.close();
    reset();
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        relays.removeIf(Relay::isOver);
        if (refusing) {
          client.setSoLinger(true, 0);
          client.close();
        } else {
          relay(client);
        }
      } catch (IOException e) {
        // The door closed, which ends the loop, or one client was gone at once, which does not.
      }
    }
  }

  private void relay(Socket client) throws IOException {
    int number = accepted.incrementAndGet();
    Socket server = new Socket();
    Relay relay = new Relay(client, server, seed + number);
    relays.add(relay);
    try {
      server.connect(target, 2_000);
    } catch (IOException e) {
      relay.reset();
      return;
    }
    relay.begin(() -> up, () -> down);
    if (door.isClosed()) {
      relay.reset();
    }
  }
}
