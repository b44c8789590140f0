package fr.vigie.agent.telegram;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The bytes of a scale to {@link ToledoFrame}s: STX, three status words, six digits of weight, six
 * of tare, CR and, on most scales, a checksum. Bits by the manual of Mettler's Wildcat, tables 6-9
 * to 6-11. Finds its way back after noise. Not safe for use by several threads.
 */
public final class ToledoDecoder {
  /** Takes what the decoder finds. */
  public interface Frames {
    void frame(ToledoFrame frame);

    void rejected(String why);
  }

  private static final byte STX = 0x02;
  private static final byte CR = 0x0d;
  private static final int STATUS_A = 1;
  private static final int STATUS_B = 2;
  private static final int STATUS_C = 3;
  private static final int WEIGHT = 4;
  private static final int TARE = 10;
  private static final int END = 16;
  private static final int MOST_JUNK = 2;

  private final byte[] buffer;
  private int length;
  private int junk;
  private boolean told = true;

  /**
   * @param checksum whether a checksum follows each CR
   */
  public ToledoDecoder(boolean checksum) {
    this.buffer = new byte[END + (checksum ? 2 : 1)];
  }

  /** Takes bytes; the eighth bit, which is parity on some lines, does not count. */
  public void feed(byte[] bytes, int count, Frames frames) {
    for (int i = 0; i < count; i++) {
      buffer[length++] = (byte) (bytes[i] & 0x7f);
      settle(frames);
    }
  }

  private void settle(Frames frames) {
    while (length > 0) {
      if (buffer[0] != STX) {
        drop(1);
        junk++;
        if (junk > MOST_JUNK && !told) {
          told = true;
          frames.rejected("bytes between two frames: look at cable and baud rate");
        }
      } else if (length == buffer.length) {
        Optional<ToledoFrame> frame = decode();
        told = frame.isEmpty();
        junk = 0;
        if (frame.isPresent()) {
          length = 0;
          frames.frame(frame.get());
        } else {
          drop(1);
          frames.rejected("a damaged frame: look at cable, baud rate and `checksum`");
        }
      } else {
        return;
      }
    }
  }

  private void drop(int count) {
    System.arraycopy(buffer, count, buffer, 0, length - count);
    length -= count;
  }

  private Optional<ToledoFrame> decode() {
    int b = buffer[STATUS_B];
    boolean outOfRange = (b & 4) != 0;
    OptionalInt weight = digits(WEIGHT, outOfRange);
    OptionalInt tare = digits(TARE, false);
    if (buffer[END] != CR || !sumIsRight() || weight.isEmpty() || tare.isEmpty()) {
      return Optional.empty();
    }
    int decimals = (buffer[STATUS_A] & 7) - 2;
    BigDecimal shown = BigDecimal.valueOf(weight.getAsInt(), decimals);
    return Optional.of(
        new ToledoFrame(
            (b & 2) == 0 ? shown : shown.negate(),
            BigDecimal.valueOf(tare.getAsInt(), decimals),
            unit(b, buffer[STATUS_C] & 7),
            (b & 1) != 0,
            (b & 8) != 0,
            outOfRange,
            (b & 0x40) != 0,
            (buffer[STATUS_C] & 0x10) != 0));
  }

  private static String unit(int statusB, int other) {
    return switch (other) {
      case 0 -> (statusB & 0x10) != 0 ? "kg" : "lb";
      case 1 -> "g";
      default -> "";
    };
  }

  private boolean sumIsRight() {
    int sum = 0;
    for (byte b : buffer) {
      sum += b;
    }
    return buffer.length == END + 1 || (sum & 0x7f) == 0;
  }

  /** Six digits, the leading ones perhaps spaces; any bytes are none where that is allowed. */
  private OptionalInt digits(int from, boolean orNone) {
    int number = 0;
    boolean begun = false;
    for (byte b : Arrays.copyOfRange(buffer, from, from + 6)) {
      begun |= b != ' ';
      if (begun && (b < '0' || b > '9')) {
        return orNone ? OptionalInt.of(0) : OptionalInt.empty();
      }
      number = begun ? number * 10 + b - '0' : 0;
    }
    return begun || orNone ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
