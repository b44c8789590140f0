package fr.vigie.link;

import fr.vigie.wire.AgentState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notices another agent of the same name. A broker lets only one of them in and throws the other
 * off, so each finds the other's last word where its own should be, again and again. Not safe for
 * use by several threads.
 */
final class Rivalry {
  private static final int MOST_TAKE_OVERS = 3;
  private static final long LATELY = TimeUnit.MINUTES.toNanos(1);
  private static final long REMEMBERED = TimeUnit.MINUTES.toNanos(10);

  private final Set<Long> ours = new HashSet<>();
  private final Deque<Long> takeOvers = new ArrayDeque<>();
  private Optional<AgentState> other = Optional.empty();
  private boolean counted;
  private boolean known;
  private long lastSeen;

  void drew(long epoch) {
    ours.add(epoch);
  }

  void connected() {
    counted = false;
  }

  /** Takes what the broker says of the agent of this name. */
  void heard(AgentState state, long now) {
    if (counted || ours.contains(state.epoch())) {
      return;
    }
    counted = true;
    other = Optional.of(state);
    lastSeen = now;
    takeOvers.add(now);
    while (now - takeOvers.getFirst() > LATELY) {
      takeOvers.removeFirst();
    }
  }

  /** Whether the two throw each other off; it is time to leave the other alone for a while. */
  boolean isOn() {
    known |= takeOvers.size() > MOST_TAKE_OVERS;
    return takeOvers.size() > MOST_TAKE_OVERS;
  }

  void leave() {
    takeOvers.clear();
  }

  /** For people; empty when there is no other agent, or it has not been seen for ten minutes. */
  String problem(String agent, String broker, long now) {
    known &= now - lastSeen < REMEMBERED;
    return !known || other.isEmpty()
        ? ""
        : "another agent named "
            + agent
            + " uses "
            + broker
            + " (epoch "
            + Long.toHexString(other.get().epoch())
            + ", connected since "
            + other.get().since()
            + " by its clock), and each throws the other off. Give one of them another name"
            + " (agent: in its configuration); if one was copied from the other, run"
            + " 'agent reset-identity' on the copy";
  }
}
