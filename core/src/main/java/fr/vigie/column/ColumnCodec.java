package fr.vigie.column;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Columns to bytes and back, without loss: the payload of the wire and the chunk of the store. The
 * format is in {@code docs/reference/wire.md}. Safe for use by several threads.
 */
public final class ColumnCodec {
  public static final int MOST_SAMPLES = 1_000_000;
  public static final int MOST_COLUMNS = 20_000;
  private static final byte VERSION = 1;
  private static final int CHECKSUM = 4;
  private static final int MOST_BYTES = 64 << 20;

  private ColumnCodec() {}

  /** One column alone, as {@link #encodeBlock}. */
  public static byte[] encode(Column column) {
    return encodeBlock(List.of(column));
  }

  /**
   * @throws ColumnException when the bytes are not exactly one undamaged column
   */
  public static Column decode(byte[] bytes) throws ColumnException {
    List<Column> columns = decodeBlock(bytes);
    if (columns.size() != 1) {
      throw new ColumnException("found " + columns.size() + " columns, wanted 1");
    }
    return columns.get(0);
  }

  /**
   * Several columns; times that they share are kept once.
   *
   * @throws IllegalArgumentException when there are more than {@value #MOST_COLUMNS} columns or
   *     {@value #MOST_SAMPLES} samples in all
   */
  public static byte[] encodeBlock(List<Column> columns) {
    long samples = columns.stream().mapToLong(Column::size).sum();
    if (columns.size() > MOST_COLUMNS || samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "found " + columns.size() + " columns of " + samples + " samples in all");
    }
    BitWriter bits = new BitWriter((int) samples);
    new BlockWriter(bits).write(columns);
    byte[] bytes = bits.toByteArray(1, CHECKSUM);
    bytes[0] = VERSION;
    ByteBuffer.wrap(bytes).putInt(bytes.length - CHECKSUM, crc(bytes));
    return bytes;
  }

  /**
   * @throws ColumnException when the bytes are not an undamaged block of columns within the limits
   */
  public static List<Column> decodeBlock(byte[] bytes) throws ColumnException {
    if (bytes.length < 2 + CHECKSUM || bytes.length > MOST_BYTES) {
      throw new ColumnException(
          "found " + bytes.length + " bytes, wanted columns in 6 to " + MOST_BYTES);
    }
    if (bytes[0] != VERSION) {
      throw new ColumnException("found columns of version " + bytes[0] + ", wanted " + VERSION);
    }
    if (ByteBuffer.wrap(bytes).getInt(bytes.length - CHECKSUM) != crc(bytes)) {
      throw new ColumnException("the checksum of the columns does not match");
    }
    return new BlockReader(new BitReader(bytes, 1, bytes.length - CHECKSUM)).read();
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - CHECKSUM);
    return (int) crc.getValue();
  }
}
