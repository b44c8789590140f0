package fr.vigie.agent.bus;

import java.io.Closeable;
import java.io.IOException;

/** Open lines whose edges the system notes, each with its time. One thread uses it. */
public interface EdgePort extends Closeable {
  /**
   * Hands over the edges that wait, in their order; waits for the first of them if there is none.
   *
   * @param nanos how long to wait at most, 0 or more; never longer than 200 ms
   * @return whether these were all, so that nothing else happened before the call
   * @throws IOException when the lines are gone
   */
  boolean read(long nanos, Taker taker) throws IOException;

  /**
   * Whether a line is active at this moment.
   *
   * @param line its place among the lines that were opened
   */
  boolean isActive(int line) throws IOException;

  /** Takes edges. */
  interface Taker {
    /**
     * @param line its place among the lines that were opened
     * @param active what it became
     * @param nanos when, on the monotonic clock
     * @param missed edges of this line since the last one that were seen and could not be kept
     */
    void take(int line, boolean active, long nanos, long missed);
  }
}
