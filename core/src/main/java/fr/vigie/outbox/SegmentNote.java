package fr.vigie.outbox;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Which records a full segment has, in one page.
 *
 * @param number of the segment's life
 * @param end place after the last record
 */
record SegmentNote(long number, int records, int end, List<Segment.Range> ranges) {
  private static final long MAGIC = 0x5649474945494458L;
  private static final int HEAD = 36;
  private static final int RANGE = 24;

  boolean fits() {
    return HEAD + ranges.size() * RANGE <= Image.PAGE;
  }

  byte[] page() {
    ByteBuffer page = ByteBuffer.allocate(Image.PAGE).putLong(MAGIC).putInt(0).putLong(number);
    page.putInt(records).putInt(end).putInt(ranges.size());
    for (Segment.Range range : ranges) {
      page.putLong(range.epoch).putLong(range.first).putLong(range.last);
    }
    return page.putInt(8, check(page.array())).array();
  }

  /** Empty when the page is no whole note of this life of the segment. */
  static Optional<SegmentNote> read(byte[] page, long number) {
    ByteBuffer in = ByteBuffer.wrap(page, 0, Image.PAGE);
    if (in.getLong() != MAGIC || in.getInt() != check(page) || in.getLong() != number) {
      return Optional.empty();
    }
    int records = in.getInt();
    int end = in.getInt();
    List<Segment.Range> ranges = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      ranges.add(new Segment.Range(in.getLong(), in.getLong(), in.getLong()));
    }
    return Optional.of(new SegmentNote(number, records, end, ranges));
  }

  private static int check(byte[] page) {
    CRC32C crc = new CRC32C();
    crc.update(page, 12, Image.PAGE - 12);
    return (int) crc.getValue();
  }
}
