package fr.vigie.agent.bus.modbus;

import fr.vigie.agent.bus.BytePort;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A serial line with a slave at its end, and a clock that only waiting moves. */
final class FakeLine implements BytePort {
  private record Arrival(long at, byte value) {}

  final List<byte[]> questions = new ArrayList<>();
  final List<Long> askedAt = new ArrayList<>();
  private final Deque<Arrival> coming = new ArrayDeque<>();
  private Consumer<byte[]> slave = question -> {};
  private boolean endless;
  private boolean unplugged;
  long nanos = 5_000_000_000L;

  /** What happens when a question comes. */
  FakeLine slave(Consumer<byte[]> does) {
    slave = does;
    return this;
  }

  /** A slave that gives the same bytes to every question. */
  FakeLine answering(byte[]... pieces) {
    return slave(
        question -> {
          for (int i = 0; i < pieces.length; i++) {
            say(5 + 20L * i, pieces[i]);
          }
        });
  }

  /** Bytes that come after a time from now; later ones come after earlier ones. */
  void say(long afterMillis, byte... bytes) {
    long at = nanos + afterMillis * 1_000_000;
    for (byte each : bytes) {
      coming.add(new Arrival(at, each));
    }
  }

  FakeLine neverSilent() {
    endless = true;
    return this;
  }

  void unplug() {
    unplugged = true;
  }

  /** Bytes with their checksum behind. */
  static byte[] frame(int... values) {
    byte[] frame = new byte[values.length + 2];
    for (int i = 0; i < values.length; i++) {
      frame[i] = (byte) values[i];
    }
    Crc16.put(frame, values.length);
    return frame;
  }

  static byte[] bytes(String hex) {
    String[] parts = hex.strip().split(" ");
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return bytes;
  }

  @Override
  public int read(byte[] into) throws IOException {
    if (unplugged) {
      throw new IOException("the line is gone");
    }
    if (endless) {
      into[0] = 0x55;
      nanos += 1_000_000;
      return 1;
    }
    long until = nanos + 200_000_000;
    Arrival first = coming.peek();
    if (first == null || first.at > until) {
      nanos = until;
      return 0;
    }
    nanos = Math.max(nanos, first.at);
    int count = 0;
    while (count < into.length && coming.peek() != null && coming.peek().at <= nanos) {
      into[count++] = coming.remove().value;
    }
    return count;
  }

  @Override
  public int waiting() {
    return endless ? 1 : (int) coming.stream().filter(each -> each.at <= nanos).count();
  }

  @Override
  public void write(byte[] bytes) {
    questions.add(bytes.clone());
    askedAt.add(nanos);
    slave.accept(bytes);
  }

  @Override
  public void close() {}
}
