package fr.vigie.example.installation;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Closes things in the reverse of their order, once: when it is closed, or when the process is told
 * to end, as by Ctrl-C.
 */
public final class OnExit implements Closeable {
  private final Deque<Closeable> things = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeQuietly, "exit");
  private boolean closed;

  public OnExit() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * @throws IOException when the end has begun; the thing is closed then
   */
  public synchronized <T extends Closeable> T add(T thing) throws IOException {
    if (closed) {
      thing.close();
      throw new IOException("ending");
    }
    things.push(thing);
    return thing;
  }

  @Override
  public void close() throws IOException {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook found nothing left to close.
    }
  }

  /** Whether this process was told to end, so that what fails now is of no interest. */
  public static boolean hasBegun() {
    Thread probe = new Thread(() -> {}, "probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private synchronized void closeAll() throws IOException {
    closed = true;
    @Nullable IOException first = null;
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void closeQuietly() {
    try {
      closeAll();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }
}
