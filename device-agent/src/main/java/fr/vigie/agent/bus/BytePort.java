package fr.vigie.agent.bus;

import java.io.Closeable;
import java.io.IOException;

/** An open port that gives and takes bytes. One thread at a time uses it. */
public interface BytePort extends Closeable {
  /**
   * Waits for bytes, 200 ms at most.
   *
   * @return how many came, 0 when none did
   * @throws IOException when the port is gone
   */
  int read(byte[] into) throws IOException;

  /**
   * How many bytes can be read without waiting.
   *
   * @throws IOException when the port is gone
   */
  int waiting() throws IOException;

  /**
   * Hands bytes to the system, which sends them in the background.
   *
   * @throws IOException when the port is gone, or does not send what it was given before
   */
  void write(byte[] bytes) throws IOException;
}
