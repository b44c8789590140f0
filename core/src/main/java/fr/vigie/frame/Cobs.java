package fr.vigie.frame;

import java.util.Arrays;

/**
 * Consistent overhead byte stuffing (Cheshire and Baker, 1999): bytes without zeros, so that a zero
 * can only be the end of a frame.
 */
final class Cobs {
  private Cobs() {}

  static byte[] stuff(byte[] bytes) {
    byte[] out = new byte[bytes.length + bytes.length / 254 + 1];
    int code = 0;
    int at = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        out[code] = (byte) (at - code);
        code = at++;
      } else {
        out[at++] = bytes[i];
        if (at - code == 255 && i + 1 < bytes.length) {
          out[code] = (byte) 255;
          code = at++;
        }
      }
    }
    out[code] = (byte) (at - code);
    return Arrays.copyOf(out, at);
  }

  /**
   * Takes the stuffing out, in place.
   *
   * @return how many bytes there are, negative when they were not stuffed
   */
  static int unstuff(byte[] bytes, int length) {
    int from = 0;
    int to = 0;
    while (from < length) {
      int code = bytes[from] & 0xFF;
      if (code == 0 || from + code > length) {
        return -1;
      }
      for (int i = 1; i < code; i++) {
        bytes[to++] = bytes[from + i];
      }
      from += code;
      if (code < 255 && from < length) {
        bytes[to++] = 0;
      }
    }
    return to;
  }
}
