package fr.vigie.frame;

import fr.vigie.frame.Frame.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Frames to bytes. */
public final class FrameEncoder {
  static final int HELLO = 1;
  static final int DESCRIBED = 2;
  static final int SAMPLES = 3;
  static final int LOG = 4;
  static final int WHOLE = 0;
  static final int REAL = 1;
  static final int TEXT = 2;
  static final int NONE = 3;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private FrameEncoder() {}

  /**
   * The frame as it goes on the line, its closing zero included.
   *
   * @throws IllegalArgumentException when the frame is longer than {@link Frame#MOST_BYTES}
   */
  public static byte[] encode(Frame frame) {
    return new FrameEncoder().bytes(frame);
  }

  private byte[] bytes(Frame frame) {
    write(frame);
    CRC32 crc = new CRC32();
    crc.update(out.toByteArray());
    u32(crc.getValue());
    if (out.size() > Frame.MOST_BYTES) {
      throw new IllegalArgumentException(
          "a frame has at most " + Frame.MOST_BYTES + " bytes, this one has " + out.size());
    }
    byte[] stuffed = Cobs.stuff(out.toByteArray());
    byte[] ended = new byte[stuffed.length + 1];
    System.arraycopy(stuffed, 0, ended, 0, stuffed.length);
    return ended;
  }

  private void write(Frame frame) {
    if (frame instanceof Frame.Hello hello) {
      out.write(HELLO);
      out.write(hello.protocol());
      u32(hello.session());
      out.write(hello.signals());
      text(hello.firmware());
    } else if (frame instanceof Frame.Described signal) {
      out.write(DESCRIBED);
      out.write(signal.id());
      out.write(
          switch (signal.kind()) {
            case GAUGE -> 0;
            case COUNTER -> 1;
            case STATE -> 2;
            case EVENT -> 3;
          });
      out.write(signal.exponent());
      text(signal.name());
      text(signal.unit());
    } else if (frame instanceof Frame.Samples samples) {
      out.write(SAMPLES);
      u32(samples.sequence());
      u32(samples.millis());
      samples.entries().forEach(this::entry);
    } else if (frame instanceof Frame.Log log) {
      out.write(LOG);
      text(log.text());
    }
  }

  private void entry(Entry entry) {
    if (entry instanceof Entry.Whole whole) {
      head(WHOLE, whole.id());
      varint(whole.value() << 1 ^ whole.value() >> 63);
    } else if (entry instanceof Entry.Real real) {
      head(REAL, real.id());
      u32(Float.floatToRawIntBits(real.value()));
    } else if (entry instanceof Entry.Text text) {
      head(TEXT, text.id());
      text(text.value());
    } else {
      head(NONE, entry.id());
    }
  }

  private void head(int type, int id) {
    if (id < 0 || id >= Frame.MOST_SIGNALS) {
      throw new IllegalArgumentException("signals are numbered from 0 to 63, found " + id);
    }
    out.write(type << 6 | id);
  }

  private void u32(long value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write((int) (value >>> shift));
    }
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 255) {
      throw new IllegalArgumentException("a text has at most 255 bytes: '" + text + "'");
    }
    out.write(utf8.length);
    out.writeBytes(utf8);
  }
}
