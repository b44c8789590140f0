package fr.vigie.example.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;

/** One connection of a client, and the one that was made for it to the server. */
final class Relay {
  private final Socket client;
  private final Socket server;
  private final long seed;

  Relay(Socket client, Socket server, long seed) {
    this.client = client;
    this.server = server;
    this.seed = seed;
  }

  void begin(Supplier<Torment> up, Supplier<Torment> down) throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    new Lane(client, server, up, seed, this::reset).begin();
    new Lane(server, client, down, ~seed, this::reset).begin();
  }

  boolean isOver() {
    return client.isClosed() && server.isClosed();
  }

  void reset() {
    for (Socket socket : new Socket[] {client, server}) {
      try {
        if (!socket.isClosed()) {
          socket.setSoLinger(true, 0);
        }
        socket.close();
      } catch (IOException e) {
        // It is gone, which is what was wanted.
      }
    }
  }
}
