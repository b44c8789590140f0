package fr.vigie.agent.driver.line;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes to lines. A line ends with CR, LF or both; one that is too long is dropped up to its end,
 * and counted; one that is not UTF-8, or holds a control byte such as NUL, likewise. Memory is
 * bounded by the longest line.
 */
final class LineBuffer {
  /** Takes whole lines. */
  interface Lines {
    void line(String line);

    void rejected(String why);
  }

  private static final byte DELETE = 0x7f;

  private final byte[] line;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private int length;
  private boolean tooLong;

  LineBuffer(int longest) {
    this.line = new byte[longest];
  }

  void feed(byte[] bytes, int count, Lines lines) {
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n' || b == '\r') {
        end(lines);
      } else if (tooLong || length == line.length) {
        tooLong = true;
      } else {
        line[length++] = b;
      }
    }
  }

  private void end(Lines lines) {
    if (tooLong) {
      lines.rejected("a line longer than " + line.length + " bytes");
    } else if (length > 0) {
      decode(lines);
    }
    length = 0;
    tooLong = false;
  }

  private void decode(Lines lines) {
    boolean ascii = true;
    for (int i = 0; i < length; i++) {
      byte b = line[i];
      if ((b >= 0 && b < ' ' && b != '\t') || b == DELETE) {
        lines.rejected(
            "a line with the control byte " + Integer.toHexString(b) + ": is the baud rate right?");
        return;
      }
      ascii &= b >= 0;
    }
    if (ascii) {
      lines.line(new String(line, 0, length, StandardCharsets.ISO_8859_1));
      return;
    }
    try {
      lines.line(decoder.decode(ByteBuffer.wrap(line, 0, length)).toString());
    } catch (CharacterCodingException e) {
      lines.rejected("a line that is not UTF-8: is the baud rate right?");
    }
  }
}
