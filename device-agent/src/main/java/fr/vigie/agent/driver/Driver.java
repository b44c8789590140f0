package fr.vigie.agent.driver;

import java.io.Closeable;
import java.io.IOException;

/** Reads one open device. One thread uses it. */
public interface Driver extends Closeable {
  /**
   * Waits a short time for the device, 200 ms at most, and hands over what it said.
   *
   * @throws IOException when the device is gone; it must be closed and opened anew
   */
  void step() throws IOException;
}
