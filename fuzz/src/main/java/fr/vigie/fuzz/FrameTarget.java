package fr.vigie.fuzz;

import fr.vigie.frame.Frame;
import fr.vigie.frame.FrameDecoder;
import fr.vigie.frame.FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** The stream of a firmware, as it comes and as the content of one frame with its checksum. */
public final class FrameTarget {
  private FrameTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    again(read(bytes));
    again(read(frame(bytes)));
  }

  private static void again(List<Frame> frames) {
    for (Frame frame : frames) {
      List<Frame> again = read(FrameEncoder.encode(frame));
      if (!again.equals(List.of(frame))) {
        throw new IllegalStateException(frame + " is read again as " + again);
      }
    }
  }

  private static List<Frame> read(byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    new FrameDecoder().feed(bytes, bytes.length, frames::add);
    return frames;
  }

  /** Checked and stuffed: each zero gives way to the distance to the next. */
  private static byte[] frame(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] whole =
        ByteBuffer.wrap(Arrays.copyOf(content, content.length + 4))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(content.length, (int) crc.getValue())
            .array();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int from = 0;
    while (from <= whole.length) {
      int end = from;
      while (end < whole.length && whole[end] != 0 && end - from < 254) {
        end++;
      }
      boolean full = end - from == 254;
      out.write(end - from + 1);
      out.write(whole, from, end - from);
      from = full ? end : end + 1;
      if (full && from == whole.length) {
        break;
      }
    }
    out.write(0);
    return out.toByteArray();
  }
}
