package fr.vigie.wire;

import java.time.Instant;
import java.util.List;

/**
 * Whether an agent is connected. The broker publishes the offline one as the agent's last will.
 *
 * @param epoch of the agent's live batches; of a will, the one when it connected
 * @param since when the agent connected, by its clock; the will repeats it, for a will cannot know
 *     when it will be published
 * @param kept epochs of which the agent still has batches: it asks how far the store has each.
 *     Empty unless it asks
 */
public record AgentState(boolean online, long epoch, Instant since, List<Long> kept) {
  /** More epochs than this are not asked about at once. */
  public static final int MOST_KEPT = 4_096;

  public AgentState {
    kept = List.copyOf(kept);
  }

  /** One that asks nothing. */
  public AgentState(boolean online, long epoch, Instant since) {
    this(online, epoch, since, List.of());
  }
}
