package fr.vigie.column;

import fr.vigie.signal.Quality;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Columns to bytes and back, without loss: the payload of the wire and the chunk of the store. The
 * format is in {@code docs/reference/wire.md}. Safe for use by several threads.
 */
public final class ColumnCodec {
  public static final int MOST_SAMPLES = 1_000_000;
  public static final int MOST_COLUMNS = 20_000;
  private static final int VERSION = 0;

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
    int length = 9;
    for (Column column : columns) {
      length += 5 + column.size() * 17;
      for (int i = 0; column.isText() && i < column.size(); i++) {
        length += column.text(i).length() * 3 + 4;
      }
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put((byte) VERSION).putInt(columns.size());
    for (Column column : columns) {
      out.put((byte) (column.isText() ? 1 : 0)).putInt(column.size());
      for (int i = 0; i < column.size(); i++) {
        out.putLong(column.nanos(i)).put((byte) column.quality(i).ordinal());
        if (column.isText()) {
          byte[] text = column.text(i).getBytes(StandardCharsets.UTF_8);
          out.putInt(text.length).put(text);
        } else {
          out.putDouble(column.number(i));
        }
      }
    }
    out.putInt(crc(out.array(), out.position()));
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /**
   * @throws ColumnException when the bytes are not an undamaged block of columns
   */
  public static List<Column> decodeBlock(byte[] bytes) throws ColumnException {
    if (bytes.length < 9 || bytes[0] != VERSION) {
      throw new ColumnException("not a block of columns of version " + VERSION);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(bytes.length - 4) != crc(bytes, bytes.length - 4)) {
      throw new ColumnException("checksum does not match");
    }
    in.limit(bytes.length - 4).position(1);
    try {
      List<Column> columns = new ArrayList<>();
      for (int left = in.getInt(); left > 0; left--) {
        columns.add(column(in));
      }
      return columns;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new ColumnException("damaged columns");
    }
  }

  private static Column column(ByteBuffer in) {
    boolean text = in.get() == 1;
    Column.Builder column = text ? Column.texts() : Column.numbers();
    for (int left = in.getInt(); left > 0; left--) {
      long nanos = in.getLong();
      Quality quality = Quality.values()[in.get()];
      if (text) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
          throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        column.add(nanos, new String(bytes, StandardCharsets.UTF_8), quality);
      } else {
        column.add(nanos, in.getDouble(), quality);
      }
    }
    return column.build();
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
