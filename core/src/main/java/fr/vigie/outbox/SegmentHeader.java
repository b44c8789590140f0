package fr.vigie.outbox;

import fr.vigie.time.Nanos;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * First page of a segment, written twice within it so that no single damage hides a segment.
 *
 * @param number of this life of the file, one more at every reuse of any file
 * @param base ordinal of its first record; ordinals count every record of the outbox
 * @param opened when this life began
 */
record SegmentHeader(long number, long base, Instant opened) {
  static final int VERSION = 1;
  private static final long MAGIC = 0x5649474945534547L;
  private static final int COPY = Image.PAGE / 2;
  private static final int BYTES = 40;

  byte[] page() {
    ByteBuffer page = ByteBuffer.allocate(Image.PAGE);
    for (int at = 0; at < Image.PAGE; at += COPY) {
      page.putLong(at, MAGIC).putInt(at + 8, VERSION);
      page.putLong(at + 16, number).putLong(at + 24, base).putLong(at + 32, Nanos.of(opened));
      page.putInt(at + 12, check(page.array(), at));
    }
    return page.array();
  }

  static Optional<SegmentHeader> read(byte[] page) {
    ByteBuffer in = ByteBuffer.wrap(page);
    for (int at = 0; at < Image.PAGE; at += COPY) {
      if (in.getLong(at) == MAGIC && in.getInt(at + 12) == check(page, at)) {
        Instant opened = Nanos.instant(in.getLong(at + 32));
        return Optional.of(new SegmentHeader(in.getLong(at + 16), in.getLong(at + 24), opened));
      }
    }
    return Optional.empty();
  }

  /** The version when the page is of another format than this one; a damaged page is not. */
  static Optional<Integer> otherVersion(byte[] page) {
    ByteBuffer in = ByteBuffer.wrap(page);
    boolean other = in.getLong(0) == MAGIC && in.getInt(8) > VERSION && read(page).isEmpty();
    return other ? Optional.of(in.getInt(8)) : Optional.empty();
  }

  private static int check(byte[] page, int at) {
    CRC32C crc = new CRC32C();
    crc.update(page, at + 16, BYTES - 16);
    crc.update(VERSION);
    return (int) crc.getValue();
  }
}
