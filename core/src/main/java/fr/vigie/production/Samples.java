package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Nanos;
import java.util.List;

/** Columns in order of time. */
final class Samples {
  private Samples() {}

  /** The column in order of time; samples of the same time stay in the order in which they came. */
  static Column sorted(Column column) {
    return column.sorted();
  }

  /** The column with a sample put before its first, unless the column reaches back to it. */
  static Column after(Sample before, Column column) {
    if (!column.isEmpty() && column.nanos(0) <= Nanos.of(before.time())) {
      return column;
    }
    if (column.isEmpty()) {
      boolean missing = before.value() instanceof Value.Missing;
      return missing ? column : Column.of(before.value() instanceof Value.Text, List.of(before));
    }
    Column.Builder builder = column.isText() ? Column.texts() : Column.numbers();
    builder.add(before);
    for (int i = 0; i < column.size(); i++) {
      copy(column, i, builder);
    }
    return builder.build();
  }

  /** The index of the first sample later than {@code at}, or the size. */
  static int firstAfter(Column column, long at) {
    int low = 0;
    int high = column.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (column.nanos(middle) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void copy(Column column, int index, Column.Builder to) {
    if (column.quality(index) == Quality.MISSING) {
      to.addMissing(column.nanos(index));
    } else if (column.isText()) {
      to.add(column.nanos(index), column.text(index), column.quality(index));
    } else {
      to.add(column.nanos(index), column.number(index), column.quality(index));
    }
  }
}
