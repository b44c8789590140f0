package fr.vigie.agent.bus.modbus;

import java.util.Arrays;

/**
 * A question: the only kind there is, for nothing is ever written.
 *
 * @param address as it goes over the wire, from 0
 * @param count of registers, or of bits
 */
public record Read(Table table, int address, int count) {
  /** Bytes of a question. */
  static final int LENGTH = 5;

  /**
   * @throws IllegalArgumentException when the protocol cannot ask this
   */
  public Read {
    if (address < 0 || count < 1 || count > table.most() || address + count > 1 << 16) {
      throw new IllegalArgumentException(
          "cannot ask for " + count + " from " + address + " of the table " + table);
    }
  }

  void put(byte[] into, int at) {
    into[at] = (byte) table.function;
    into[at + 1] = (byte) (address >> 8);
    into[at + 2] = (byte) address;
    into[at + 3] = (byte) (count >> 8);
    into[at + 4] = (byte) count;
  }

  private int data() {
    return table.isBits() ? (count + 7) / 8 : 2 * count;
  }

  /** Bytes of the longest answer. */
  int longestAnswer() {
    return 2 + data();
  }

  /** Bytes of an answer that begins with these two; 0 when no answer to this does. */
  int answerLength(byte function, byte next) {
    if ((function & 0xff) == table.function && (next & 0xff) == data()) {
      return longestAnswer();
    }
    return (function & 0xff) == (table.function | 0x80) && next != 0 ? 2 : 0;
  }

  /**
   * What bytes say.
   *
   * @param asked when the question left
   */
  Answer answer(byte[] bytes, int from, int length, long asked) {
    if (length < 2 || answerLength(bytes[from], bytes[from + 1]) != length) {
      return new Answer.Damaged("an answer to another question");
    }
    return length == 2
        ? new Answer.Refused(bytes[from + 1] & 0xff)
        : new Answer.Data(Arrays.copyOfRange(bytes, from + 2, from + length), asked);
  }

  @Override
  public String toString() {
    return (count == 1 ? "" : count + " from ")
        + table.name().toLowerCase(java.util.Locale.ROOT)
        + ' '
        + address;
  }
}
