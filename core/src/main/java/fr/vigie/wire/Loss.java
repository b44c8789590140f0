package fr.vigie.wire;

import fr.vigie.time.Span;
import java.util.OptionalLong;

/**
 * A declared hole: readings that were made or should have been, and are not kept.
 *
 * @param source the sensor, or {@code *} when every sensor of the agent is concerned
 * @param when between which times, by the agent's clock
 * @param count how many readings, negative when nobody can know
 * @param reason why
 */
public record Loss(String source, Span when, long count, Reason reason) {
  /** The names are part of the wire format. */
  public enum Reason {
    /** The device's own sequence jumped: it spoke while nobody listened. */
    DEVICE_GAP,
    /** The agent ended without an orderly stop; what was in memory only is gone. */
    UNCLEAN_STOP,
    /** The outbox reached its limit and dropped its oldest records. */
    OUTBOX_FULL,
    /** Records on disk were damaged and could not be read back. */
    OUTBOX_DAMAGED,
    /** The memory in front of the outbox was full. */
    HEAD_FULL,
    /** The server refused the batch for ever. */
    REFUSED,
    /** The store lost what it had acknowledged, and the agent kept it no longer. */
    FORGOTTEN,
    /** The server stored them, and its disk gave back other bytes; never sent by an agent. */
    STORE_DAMAGED
  }

  public OptionalLong known() {
    return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
