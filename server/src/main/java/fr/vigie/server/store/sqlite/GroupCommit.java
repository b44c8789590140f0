package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent callers share one commit: the first to get the lock commits for all that wait.
 */
public final class GroupCommit<R> {
  private final Group<R> group;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Ticket<R>> waiting = new ConcurrentLinkedQueue<>();

  public GroupCommit(Group<R> group) {
    this.group = group;
  }

  /** Commits requests together, in their order, all or none. */
  public interface Group<R> {
    void commit(List<R> requests) throws IOException;
  }

  /** Work that no commit may run beside. */
  public interface Alone {
    void run() throws IOException;
  }

  /** Returns once the request is committed. */
  public void commit(R request) throws IOException {
    Ticket<R> ticket = new Ticket<>(request);
    waiting.add(ticket);
    lock.lock();
    try {
      if (!ticket.done) {
        commitWaiting();
      }
      IOException failure = ticket.failure;
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  public void alone(Alone work) throws IOException {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private void commitWaiting() {
    List<Ticket<R>> tickets = new ArrayList<>();
    for (Ticket<R> next = waiting.poll(); next != null; next = waiting.poll()) {
      tickets.add(next);
    }
    IOException failure = new IOException("the commit ended early");
    boolean committed = false;
    try {
      group.commit(tickets.stream().map(ticket -> ticket.request).toList());
      committed = true;
    } catch (IOException e) {
      failure = e;
    } finally {
      for (Ticket<R> ticket : tickets) {
        ticket.failure = committed ? null : failure;
        ticket.done = true;
      }
    }
  }

  private static final class Ticket<R> {
    final R request;
    boolean done;
    @Nullable IOException failure;

    Ticket(R request) {
      this.request = request;
    }
  }
}
