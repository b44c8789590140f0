package fr.vigie.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One of two orders of sending that go on side by side: what is live, or the backlog of earlier
 * epochs. Within it batches go oldest first. Not safe for use by several threads.
 */
final class Lane {
  private static final long SHORTEST_PATIENCE = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST_PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private record Sent(int cost, long nanos) {}

  private final boolean live;
  private final TreeMap<Position, Sent> underWay = new TreeMap<>();
  private final Deque<Backlog.Outgoing> ahead = new ArrayDeque<>();
  private Position sentThrough = Position.BEFORE_ALL;
  private long cost;
  private long patience = SHORTEST_PATIENCE;

  Lane(boolean live) {
    this.live = live;
  }

  boolean isLive() {
    return live;
  }

  /** What was read from the disk and is to be sent next. */
  Deque<Backlog.Outgoing> ahead() {
    return ahead;
  }

  Position sentThrough() {
    return sentThrough;
  }

  int batches() {
    return underWay.size();
  }

  /** Of what is under way, as {@link Window#cost} counts. */
  long cost() {
    return cost;
  }

  boolean hasUnderWay(long epoch) {
    return !underWay
        .subMap(new Position(epoch, 0), true, new Position(epoch, Long.MAX_VALUE), true)
        .isEmpty();
  }

  void sent(Backlog.Outgoing outgoing, int itsCost, long now) {
    underWay.put(outgoing.position(), new Sent(itsCost, now));
    cost += itsCost;
    sentThrough = outgoing.position();
    if (!ahead.isEmpty() && ahead.getFirst().position().equals(outgoing.position())) {
      ahead.removeFirst();
    }
  }

  /** Takes what is acknowledged off; false when nothing of it was under way here. */
  boolean arrived(long epoch, long sequence, Window window, long now) {
    var arrived =
        underWay.subMap(new Position(epoch, 0), true, new Position(epoch, sequence), true);
    if (arrived.isEmpty()) {
      return false;
    }
    long arrivedCost = arrived.values().stream().mapToLong(Sent::cost).sum();
    window.acknowledged(arrived.lastEntry().getValue().nanos(), now, arrivedCost);
    cost -= arrivedCost;
    arrived.clear();
    patience = Math.max(SHORTEST_PATIENCE, 3 * window.latest());
    return true;
  }

  /**
   * Whether the oldest under way must have been lost: the server has spoken since it was sent, and
   * has been given time. Each time in a row it is given twice as long.
   */
  boolean isPassedOver(long lastHeard, long now) {
    if (underWay.isEmpty()) {
      return false;
    }
    long oldest = underWay.firstEntry().getValue().nanos();
    if (lastHeard - oldest <= 0 || now - oldest <= patience) {
      return false;
    }
    patience = Math.min(LONGEST_PATIENCE, 2 * patience);
    return true;
  }

  /** Begins again with the oldest that is not acknowledged. */
  void restart() {
    underWay.clear();
    cost = 0;
    sentThrough = Position.BEFORE_ALL;
    ahead.clear();
  }
}
