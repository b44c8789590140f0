package fr.vigie.frame;

import fr.vigie.frame.Frame.Entry;
import fr.vigie.signal.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads one frame out of its bytes. */
final class FrameReader {
  private static final int CHECK = 4;

  private final ByteBuffer in;
  private final boolean whole;

  FrameReader(byte[] bytes, int length) {
    int content = length - CHECK;
    this.in = ByteBuffer.wrap(bytes, 0, Math.max(0, content)).order(ByteOrder.LITTLE_ENDIAN);
    this.whole = content > 0 && check(bytes, content);
  }

  private static boolean check(byte[] bytes, int content) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, content);
    int told = ByteBuffer.wrap(bytes, content, CHECK).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return (int) crc.getValue() == told;
  }

  /** The frame, unless it is damaged or of a kind that is not known. */
  Optional<Frame> frame() {
    if (!whole) {
      return Optional.empty();
    }
    try {
      Optional<Frame> frame =
          switch (in.get()) {
            case FrameEncoder.HELLO -> Optional.of(new Frame.Hello(u8(), u32(), u8(), text()));
            case FrameEncoder.DESCRIBED ->
                Optional.of(new Frame.Described(u8(), kind(), in.get(), text(), text()));
            case FrameEncoder.SAMPLES -> Optional.of(new Frame.Samples(u32(), u32(), entries()));
            case FrameEncoder.LOG -> Optional.of(new Frame.Log(text()));
            default -> Optional.empty();
          };
      return in.hasRemaining() ? Optional.empty() : frame;
    } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private Kind kind() {
    return switch (in.get()) {
      case 0 -> Kind.GAUGE;
      case 1 -> Kind.COUNTER;
      case 2 -> Kind.STATE;
      case 3 -> Kind.EVENT;
      default -> throw new IllegalArgumentException("unknown kind");
    };
  }

  private List<Entry> entries() throws CharacterCodingException {
    List<Entry> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      int head = u8();
      int id = head & 0x3F;
      entries.add(
          switch (head >>> 6) {
            case FrameEncoder.WHOLE -> new Entry.Whole(id, zigzag());
            case FrameEncoder.REAL -> new Entry.Real(id, Float.intBitsToFloat(in.getInt()));
            case FrameEncoder.TEXT -> new Entry.Text(id, text());
            default -> new Entry.None(id);
          });
    }
    return entries;
  }

  private int u8() {
    return in.get() & 0xFF;
  }

  private long u32() {
    return in.getInt() & 0xFFFF_FFFFL;
  }

  private long zigzag() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  private String text() throws CharacterCodingException {
    byte[] utf8 = new byte[u8()];
    in.get(utf8);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }
}
