package fr.vigie.agent.bus;

import java.io.Closeable;
import java.io.IOException;

/** An open port that gives and takes bytes. One thread uses it. */
public interface BytePort extends Closeable {
  /**
   * Waits for bytes, 200 ms at most.
   *
   * @return how many came, 0 when none did
   * @throws IOException when the port is gone
   */
  int read(byte[] into) throws IOException;

  /**
   * Hands all of the bytes to the port.
   *
   * @throws IOException when the port is gone, or does not take them
   */
  void write(byte[] bytes) throws IOException;
}
