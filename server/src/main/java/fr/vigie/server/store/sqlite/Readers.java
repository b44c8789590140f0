package fr.vigie.server.store.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Connections kept open between reads, those used last. */
final class Readers implements Closeable {
  /** Two years of months and some, so that a question about them opens none anew. */
  private static final int IDLE = 30;

  private final Deque<MonthReader> idle = new ArrayDeque<>();
  private boolean closed;

  MonthReader borrow(Path file) throws IOException {
    synchronized (this) {
      for (Iterator<MonthReader> readers = idle.iterator(); readers.hasNext(); ) {
        MonthReader reader = readers.next();
        if (reader.file().equals(file)) {
          readers.remove();
          return reader;
        }
      }
    }
    return new MonthReader(file);
  }

  synchronized void giveBack(MonthReader reader) throws IOException {
    idle.addFirst(reader);
    while (idle.size() > (closed ? 0 : IDLE)) {
      idle.removeLast().close();
    }
  }

  synchronized void forget(Path file) throws IOException {
    for (Iterator<MonthReader> readers = idle.iterator(); readers.hasNext(); ) {
      MonthReader reader = readers.next();
      if (reader.file().equals(file)) {
        readers.remove();
        reader.close();
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    while (!idle.isEmpty()) {
      idle.removeLast().close();
    }
  }
}
