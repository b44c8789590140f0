package fr.vigie.agent.bus.modbus;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Modbus TCP to a device, or to a gateway with several behind it. Connects when asked, and looks
 * the name up each time it does. Each question has a number that its answer repeats, so one that
 * comes too late is known and dropped; after two time-outs in a row the connection is given up, for
 * it may be one that nobody holds at the other end.
 */
public final class TcpLink implements Modbus {
  private static final int HEAD = 7;
  private static final int MOST_BYTES = 260;
  private static final int CONNECT_MILLIS = 3_000;
  private static final int MOST_SILENCES = 2;

  private final String host;
  private final int port;
  private final LongSupplier monotonic;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final byte[] frame = new byte[MOST_BYTES];
  private Optional<Socket> connection = Optional.empty();
  private int silences;
  private int number;
  private volatile Use use = new Use(0, 0);

  /**
   * Does not connect yet.
   *
   * @param host name or address
   * @param monotonic nanoseconds that never go back
   */
  public TcpLink(String host, int port, LongSupplier monotonic) {
    this.host = host;
    this.port = port;
    this.monotonic = monotonic;
  }

  @Override
  public Answer read(int unit, Read read, Duration timeout) throws IOException {
    turn.lock();
    long start = monotonic.getAsLong();
    try {
      return connection.isPresent() ? askAgain(unit, read, timeout) : askAnew(unit, read, timeout);
    } finally {
      use = new Use(use.busyNanos() + monotonic.getAsLong() - start, use.late());
      turn.unlock();
    }
  }

  @Override
  public Use use() {
    return use;
  }

  /** Devices close connections that they find idle, and tell so only to the next question. */
  private Answer askAgain(int unit, Read read, Duration timeout) throws IOException {
    try {
      return ask(connection.orElseThrow(), unit, read, timeout);
    } catch (IOException e) {
      disconnect();
      return askAnew(unit, read, timeout);
    }
  }

  private Answer askAnew(int unit, Read read, Duration timeout) throws IOException {
    Socket socket = connect();
    connection = Optional.of(socket);
    try {
      return ask(socket, unit, read, timeout);
    } catch (IOException e) {
      disconnect();
      throw new IOException(this + " closes the connection: does it serve so many at once?", e);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new IOException("no address is known for the name '" + host + "'");
      }
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(address, CONNECT_MILLIS);
      silences = 0;
      return socket;
    } catch (ConnectException e) {
      socket.close();
      throw new IOException(this + " takes no connection: is Modbus TCP switched on there?", e);
    } catch (SocketTimeoutException e) {
      socket.close();
      throw new IOException(
          this + " does not answer within 3 s: is it switched on, and the cable in?", e);
    } catch (IOException e) {
      socket.close();
      throw new IOException(this + " cannot be reached: " + e.getMessage(), e);
    }
  }

  private Answer ask(Socket socket, int unit, Read read, Duration timeout) throws IOException {
    number = number + 1 & 0xffff;
    byte[] question = new byte[HEAD + Read.LENGTH];
    question[0] = (byte) (number >> 8);
    question[1] = (byte) number;
    question[5] = 1 + Read.LENGTH;
    question[6] = (byte) unit;
    read.put(question, HEAD);
    long asked = monotonic.getAsLong();
    socket.getOutputStream().write(question);
    long until = asked + timeout.toNanos();
    while (true) {
      int length = receive(socket, until);
      if (length == 0) {
        silences++;
        if (silences >= MOST_SILENCES) {
          disconnect();
        }
        return new Answer.Silence();
      }
      if (length < 0) {
        disconnect();
        return new Answer.Damaged("what came is no Modbus TCP, or half of it");
      }
      silences = 0;
      if (frame[0] == question[0] && frame[1] == question[1]) {
        return frame[6] == (byte) unit
            ? read.answer(frame, HEAD, length - HEAD, asked)
            : new Answer.Damaged("an answer of unit " + (frame[6] & 0xff));
      }
      use = new Use(use.busyNanos(), use.late() + 1);
    }
  }

  /** The bytes of the next frame; 0 when none begins in time, negative when it is none. */
  private int receive(Socket socket, long until) throws IOException {
    int head = fill(socket, 0, HEAD, until);
    if (head < HEAD) {
      return -head;
    }
    int length = (frame[4] & 0xff) << 8 | frame[5] & 0xff;
    int end = HEAD - 1 + length;
    if (frame[2] != 0 || frame[3] != 0 || length < 3 || end > MOST_BYTES) {
      return -1;
    }
    return fill(socket, HEAD, end, until) == end ? end : -1;
  }

  /** Up to where it could be filled in time. */
  private int fill(Socket socket, int from, int to, long until) throws IOException {
    InputStream in = socket.getInputStream();
    int at = from;
    while (at < to) {
      long left = (until - monotonic.getAsLong()) / 1_000_000;
      if (left <= 0) {
        return at;
      }
      socket.setSoTimeout((int) left);
      try {
        int count = in.read(frame, at, to - at);
        if (count < 0) {
          throw new EOFException(this + " closed the connection");
        }
        at += count;
      } catch (SocketTimeoutException e) {
        return at;
      }
    }
    return at;
  }

  private void disconnect() throws IOException {
    if (connection.isPresent()) {
      connection.get().close();
      connection = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    turn.lock();
    try {
      disconnect();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }
}
