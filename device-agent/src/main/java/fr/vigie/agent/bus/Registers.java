package fr.vigie.agent.bus;

import java.io.Closeable;
import java.io.IOException;

/** The registers of one open chip. One thread at a time uses it. */
public interface Registers extends Closeable {
  /**
   * Reads bytes from a register on, in one transfer.
   *
   * @throws IOException when the chip does not answer; the message says what to do
   */
  void read(int register, byte[] into, int count) throws IOException;

  /**
   * Writes bytes from a register on, in one transfer.
   *
   * @param values 0 to 255 each
   * @throws IOException when the chip does not answer; the message says what to do
   */
  void write(int register, int... values) throws IOException;

  /** Reads as many bytes as there is room for. */
  default void read(int register, byte[] into) throws IOException {
    read(register, into, into.length);
  }

  /** One register, 0 to 255. */
  default int read(int register) throws IOException {
    byte[] one = new byte[1];
    read(register, one, 1);
    return one[0] & 0xFF;
  }
}
