package fr.vigie.agent.telegram;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The link layer of M-Bus (EN 13757-2): short frames that ask, long frames that answer. Strict:
 * both lengths, both start bytes, the checksum and the stop byte must be right.
 */
public final class MbusFrame {
  /** The whole answer to a reset of the link. */
  public static final byte ACKNOWLEDGED = (byte) 0xE5;

  private static final int RESET = 0x40;
  private static final int REQUEST = 0x5B;
  private static final int FRAME_COUNT = 0x20;
  private static final int ANSWER = 0x08;
  private static final byte SHORT = 0x10;
  private static final byte LONG = 0x68;
  private static final byte STOP = 0x16;
  private static final int HEADER = 4;
  private static final int TRAILER = 2;
  private static final int LEAST = 3;

  private MbusFrame() {}

  /** SND_NKE: begin anew with the meter. */
  public static byte[] reset(int address) {
    return shortFrame(RESET, address);
  }

  /**
   * REQ_UD2: tell your values.
   *
   * @param bit toggled with every request that was answered
   */
  public static byte[] request(int address, boolean bit) {
    return shortFrame(bit ? REQUEST | FRAME_COUNT : REQUEST, address);
  }

  private static byte[] shortFrame(int control, int address) {
    return new byte[] {SHORT, (byte) control, (byte) address, (byte) (control + address), STOP};
  }

  /**
   * How long a long frame that begins so is in all; empty as long as it is not known.
   *
   * @throws MbusException when none begins so
   */
  public static OptionalInt length(byte[] bytes, int count) throws MbusException {
    if (count > 0 && bytes[0] != LONG) {
      throw new MbusException("an answer that does not begin as one");
    }
    if (count < HEADER) {
      return OptionalInt.empty();
    }
    if (bytes[1] != bytes[2] || bytes[3] != LONG || (bytes[1] & 0xff) < LEAST) {
      throw new MbusException("an answer with a wrong length");
    }
    return OptionalInt.of((bytes[1] & 0xff) + HEADER + TRAILER);
  }

  /**
   * Checks a long frame.
   *
   * @return what it carries, from its CI field on
   * @throws MbusException when it is damaged, or not an answer of that address
   */
  public static byte[] content(byte[] frame, int address) throws MbusException {
    OptionalInt length = length(frame, frame.length);
    if (length.isEmpty() || length.getAsInt() != frame.length || frame[frame.length - 1] != STOP) {
      throw new MbusException("an answer with a wrong length");
    }
    int sum = 0;
    for (int i = HEADER; i < frame.length - TRAILER; i++) {
      sum += frame[i];
    }
    if ((byte) sum != frame[frame.length - TRAILER]) {
      throw new MbusException("an answer with a wrong checksum");
    }
    // Bits 4 and 5 of the control field call for urgent data, and hold back further requests.
    if ((frame[HEADER] & ~0x30) != ANSWER) {
      throw new MbusException("something else than an answer");
    }
    if (address != ANY && (frame[HEADER + 1] & 0xff) != address) {
      throw new MbusException("the answer of address " + (frame[HEADER + 1] & 0xff));
    }
    return Arrays.copyOfRange(frame, HEADER + 2, frame.length - TRAILER);
  }

  /** The address that a meter answers to whatever its own; for one meter alone on a line. */
  public static final int ANY = 254;
}
