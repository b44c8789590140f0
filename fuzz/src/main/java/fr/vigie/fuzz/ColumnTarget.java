package fr.vigie.fuzz;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import java.util.List;

/** Blocks of columns, the content of chunks and batches. */
public final class ColumnTarget {
  private ColumnTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws ColumnException {
    List<Column> columns;
    try {
      columns = ColumnCodec.decodeBlock(Checksum.append(bytes));
    } catch (ColumnException refused) {
      return;
    }
    if (!columns.equals(ColumnCodec.decodeBlock(ColumnCodec.encodeBlock(columns)))) {
      throw new IllegalStateException("a block is read otherwise than it was written");
    }
  }
}
