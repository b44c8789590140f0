package fr.vigie.agent.telegram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A scanner that types like a keyboard: the kernel's {@code struct input_event}s, whose key codes
 * are taken as those of a US keyboard, which is what scanners type, whatever the layout of the
 * system. Each code ends with Enter or Tab.
 */
public final class KeyboardScans implements ScanDecoder {
  private static final int SYNCHRONISATION = 0;
  private static final int DROPPED = 3;
  private static final int KEY = 1;
  private static final int RELEASED = 0;
  private static final int PRESSED = 1;
  private static final char END = '\r';
  private static final char NONE = 0;
  private static final char[] PLAIN = new char[128];
  private static final char[] SHIFTED = new char[128];

  static {
    keys(2, "1234567890-=", "!@#$%^&*()_+");
    keys(16, "qwertyuiop[]", "QWERTYUIOP{}");
    keys(30, "asdfghjkl;'`", "ASDFGHJKL:\"~");
    keys(43, "\\zxcvbnm,./", "|ZXCVBNM<>?");
    keys(57, " ", " ");
    keys(71, "789-456+1230.", "789-456+1230.");
    keys(55, "*", "*");
    keys(98, "/", "/");
    for (int end : new int[] {15, 28, 96}) {
      keys(end, "\r", "\r");
    }
  }

  private final byte[] event;
  private final ByteBuffer fields;
  private final StringBuilder text = new StringBuilder();
  private int filled;
  private boolean leftShift;
  private boolean rightShift;
  private boolean leftControl;
  private boolean rightControl;
  private String wrong = "";

  /**
   * @param eventBytes of one event on this system
   */
  public KeyboardScans(int eventBytes) {
    this.event = new byte[eventBytes];
    this.fields = ByteBuffer.wrap(event).order(ByteOrder.nativeOrder());
  }

  private static void keys(int from, String plain, String shifted) {
    for (int i = 0; i < plain.length(); i++) {
      PLAIN[from + i] = plain.charAt(i);
      SHIFTED[from + i] = shifted.charAt(i);
    }
  }

  @Override
  public void feed(byte[] bytes, int count, Scans scans) {
    for (int i = 0; i < count; i++) {
      event[filled++] = bytes[i];
      if (filled == event.length) {
        filled = 0;
        int at = event.length - 8;
        happened(fields.getShort(at), fields.getShort(at + 2), fields.getInt(at + 4), scans);
      }
    }
  }

  private void happened(int type, int code, int value, Scans scans) {
    if (type == SYNCHRONISATION && code == DROPPED) {
      wrong = "keys were lost: the board is too busy";
    } else if (type == KEY) {
      switch (code) {
        case 42 -> leftShift = value != RELEASED;
        case 54 -> rightShift = value != RELEASED;
        case 29 -> leftControl = value != RELEASED;
        case 97 -> rightControl = value != RELEASED;
        default -> {
          if (value == PRESSED) {
            pressed(code, scans);
          }
        }
      }
    }
  }

  private void pressed(int code, Scans scans) {
    char[] keys = leftShift || rightShift ? SHIFTED : PLAIN;
    char c = code >= 0 && code < keys.length ? keys[code] : NONE;
    if (leftControl || rightControl) {
      c = c == ']' ? Gs1.SEPARATOR : NONE;
    }
    if (c == END) {
      end(scans);
    } else if (c == NONE) {
      wrong =
          "a code with the key "
              + code
              + ", which stands for no character: set the scanner to"
              + " a US keyboard";
    } else if (text.length() == LONGEST) {
      wrong = "a code longer than " + LONGEST + " characters";
    } else {
      text.append(c);
    }
  }

  private void end(Scans scans) {
    if (!wrong.isEmpty()) {
      scans.rejected(wrong);
    } else if (!text.isEmpty()) {
      scans.scan(text.toString());
    }
    forget();
  }

  @Override
  public void silent(Scans scans) {
    if (!text.isEmpty() || !wrong.isEmpty()) {
      scans.rejected("a code without its end: set the scanner's suffix to Enter");
    }
    forget();
  }

  private void forget() {
    wrong = "";
    text.setLength(0);
  }
}
