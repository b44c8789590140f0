package fr.vigie.agent.bus;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A port that several devices share, and their sensors use in turn: first come, first served. */
public final class SharedPort implements Closeable {
  private static final long WAIT_MILLIS = 200;

  private final BytePort port;
  private final Deque<Object> queue = new ArrayDeque<>();

  public SharedPort(BytePort port) {
    this.port = port;
  }

  /** To be used by whoever has the turn. */
  public BytePort port() {
    return port;
  }

  /**
   * Asks for the turn, and waits for it 200 ms at most. Who asks keeps its place in the queue, and
   * the turn once it has it, until it {@linkplain #leave leaves}.
   *
   * @return whether it has the turn
   */
  public synchronized boolean turn(Object who) throws IOException {
    if (!queue.contains(who)) {
      queue.add(who);
    }
    if (queue.peek() != who) {
      try {
        wait(WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for a shared port");
      }
    }
    return queue.peek() == who;
  }

  /** Gives the turn, or the place in the queue, to the next; nothing for who has neither. */
  public synchronized void leave(Object who) {
    if (queue.remove(who)) {
      notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
