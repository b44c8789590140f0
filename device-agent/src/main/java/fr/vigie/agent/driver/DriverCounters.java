package fr.vigie.agent.driver;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What a driver met since the agent's start. One thread counts, any may read. */
public final class DriverCounters {
  private static final int MOST_REASONS = 5;

  private final LongAdder read = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final ArrayDeque<String> lastRejections = new ArrayDeque<>();

  /** A line or frame came in whole. */
  public void countRead() {
    read.increment();
  }

  /** A sample left for the server. */
  public void countAccepted() {
    accepted.increment();
  }

  /** A key came that no signal asks for. */
  public void countIgnored() {
    ignored.increment();
  }

  /** Something came that makes no sense. */
  public void countRejected(String why) {
    rejected.increment();
    synchronized (lastRejections) {
      if (!why.equals(lastRejections.peekFirst())) {
        lastRejections.remove(why);
        lastRejections.addFirst(why);
        if (lastRejections.size() > MOST_REASONS) {
          lastRejections.removeLast();
        }
      }
    }
  }

  public long read() {
    return read.sum();
  }

  public long accepted() {
    return accepted.sum();
  }

  public long ignored() {
    return ignored.sum();
  }

  public long rejected() {
    return rejected.sum();
  }

  /** Why the last rejected thing made no sense; empty when none was. */
  public String lastRejection() {
    synchronized (lastRejections) {
      return lastRejections.isEmpty() ? "" : lastRejections.getFirst();
    }
  }

  /** The last reasons, each once, the newest first. */
  public List<String> lastRejections() {
    synchronized (lastRejections) {
      return List.copyOf(lastRejections);
    }
  }
}
