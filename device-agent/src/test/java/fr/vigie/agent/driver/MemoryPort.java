package fr.vigie.agent.driver;

import fr.vigie.agent.bus.BytePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A port in memory: gives what it was told to give, in the same pieces, then is silent or gone. */
final class MemoryPort implements BytePort {
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean unplugged;
  boolean closed;

  MemoryPort give(String text) {
    return give(text.getBytes(StandardCharsets.UTF_8));
  }

  MemoryPort give(byte[] bytes) {
    waiting.add(bytes.clone());
    return this;
  }

  MemoryPort unplug() {
    unplugged = true;
    return this;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public int read(byte[] into) throws IOException {
    byte[] next = waiting.poll();
    if (next == null) {
      if (unplugged) {
        throw new IOException("/dev/memory is gone");
      }
      return 0;
    }
    int count = Math.min(next.length, into.length);
    System.arraycopy(next, 0, into, 0, count);
    if (count < next.length) {
      waiting.addFirst(Arrays.copyOfRange(next, count, next.length));
    }
    return count;
  }

  @Override
  public int waiting() {
    return waiting.stream().mapToInt(piece -> piece.length).sum();
  }

  @Override
  public void write(byte[] bytes) {
    throw new IllegalStateException("nobody writes to a device that talks by itself");
  }

  @Override
  public void close() {
    closed = true;
  }
}
