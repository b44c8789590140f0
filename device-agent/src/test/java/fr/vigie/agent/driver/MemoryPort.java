package fr.vigie.agent.driver;

import fr.vigie.agent.bus.BytePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A port in memory: gives what it was told to give, in the same pieces, then is silent or gone. */
public final class MemoryPort implements BytePort {
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  public final List<byte[]> written = new ArrayList<>();
  private boolean unplugged;
  public boolean closed;

  public MemoryPort give(String text) {
    return give(text.getBytes(StandardCharsets.UTF_8));
  }

  public MemoryPort give(byte[] bytes) {
    waiting.add(bytes.clone());
    return this;
  }

  public MemoryPort unplug() {
    unplugged = true;
    return this;
  }

  public boolean isEmpty() {
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
  public void write(byte[] bytes) throws IOException {
    if (unplugged) {
      throw new IOException("/dev/memory is gone");
    }
    written.add(bytes.clone());
  }

  @Override
  public void close() {
    closed = true;
  }
}
