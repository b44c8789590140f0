package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import fr.vigie.server.store.IncomingBatch;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Samples as a row of the batch log holds them: by number of series. */
public record LogRow(List<Part> parts) {
  private static final int MOST_SAMPLES = ColumnCodec.MOST_SAMPLES / 4;
  private static final int MOST_PARTS = ColumnCodec.MOST_COLUMNS / 4;

  /** The samples of the series with a number. */
  public record Part(int series, Column samples) {}

  /** The rows that a batch makes: one, none without samples, several when it is very large. */
  static List<LogRow> of(IncomingBatch batch, SeriesIds ids) {
    List<LogRow> rows = new ArrayList<>(1);
    List<Part> parts = new ArrayList<>(batch.parts().size());
    long samples = 0;
    for (IncomingBatch.Part part : batch.parts()) {
      int series = ids.of(part.series());
      for (Column column : cut(part.samples())) {
        if (samples + column.size() > MOST_SAMPLES || parts.size() == MOST_PARTS) {
          rows.add(new LogRow(parts));
          parts = new ArrayList<>();
          samples = 0;
        }
        parts.add(new Part(series, column));
        samples += column.size();
      }
    }
    if (!parts.isEmpty()) {
      rows.add(new LogRow(parts));
    }
    return rows;
  }

  byte[] toBytes() {
    byte[] block = ColumnCodec.encodeBlock(parts.stream().map(Part::samples).toList());
    ByteBuffer out = ByteBuffer.allocate((parts.size() + 1) * 5 + Integer.BYTES + block.length);
    Varint.put(out, parts.size());
    parts.forEach(part -> Varint.put(out, part.series()));
    out.putInt(checksum(out.array(), out.position())).put(block);
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /**
   * @throws ColumnException when the bytes are damaged
   */
  public static LogRow of(byte[] bytes) throws ColumnException {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int count = (int) Varint.get(in);
      int[] series = new int[Math.min(Math.max(count, 0), bytes.length)];
      for (int i = 0; i < series.length; i++) {
        series[i] = (int) Varint.get(in);
      }
      int sum = checksum(bytes, in.position());
      if (in.getInt() != sum) {
        throw new ColumnException("the checksum of the list of series does not match");
      }
      byte[] block = new byte[in.remaining()];
      in.get(block);
      List<Column> columns = ColumnCodec.decodeBlock(block);
      if (columns.size() != series.length) {
        throw new ColumnException(
            "found " + columns.size() + " columns for " + series.length + " series");
      }
      List<Part> parts = new ArrayList<>(series.length);
      for (int i = 0; i < series.length; i++) {
        parts.add(new Part(series[i], columns.get(i)));
      }
      return new LogRow(parts);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new ColumnException("the row ends too early");
    }
  }

  private static List<Column> cut(Column column) {
    if (column.isEmpty()) {
      return List.of();
    }
    if (column.size() <= MOST_SAMPLES) {
      return List.of(column);
    }
    Run run = new Run(column.isText());
    run.add(column);
    List<Column> cut = new ArrayList<>();
    for (int at = 0; at < column.size(); at += MOST_SAMPLES) {
      cut.add(run.column(at, Math.min(column.size(), at + MOST_SAMPLES)));
    }
    return cut;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
