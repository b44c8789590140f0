package fr.vigie.agent.bus.modbus;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * A way to devices that speak Modbus, shared by all who ask them: one question is under way at a
 * time, and whoever waits longest is next. Safe for use by several threads.
 */
public interface Modbus extends Closeable {
  /**
   * Asks, and waits for the answer.
   *
   * @param unit the device's address
   * @param timeout how long the device may think; the time on the wire comes on top
   * @throws IOException when the way itself is lost; the message says what to do
   */
  Answer read(int unit, Read read, Duration timeout) throws IOException;

  /** How it has been used since it was opened. */
  Use use();

  /**
   * What a way has done.
   *
   * @param busyNanos from questions to the end of their answers or time-outs, together
   * @param late answers that came when they were not waited for any more
   */
  record Use(long busyNanos, long late) {}
}
