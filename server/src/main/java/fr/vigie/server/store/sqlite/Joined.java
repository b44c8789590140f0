package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import java.util.ArrayList;
import java.util.List;

/** Puts the samples within bounds together, piece by piece in the order in which they came. */
public final class Joined {
  private final Bounds bounds;
  private final List<Column> pieces = new ArrayList<>();

  public Joined(Bounds bounds) {
    this.bounds = bounds;
  }

  public void add(Column piece) {
    Column within = piece.between(bounds.from(), bounds.to());
    if (!within.isEmpty()) {
      pieces.add(within);
    }
  }

  /**
   * Numbers, or texts when a piece holds texts; then numbers are spelled out. In order of time;
   * those of one time stay in the order in which they came.
   */
  public Column column() {
    boolean text = pieces.stream().anyMatch(Column::isText);
    Column.Builder all = Column.sized(text, pieces.stream().mapToInt(Column::size).sum());
    for (Column piece : pieces) {
      all.add(text ? spelled(piece) : piece);
    }
    return all.take().sorted();
  }

  private static Column spelled(Column piece) {
    if (piece.isText()) {
      return piece;
    }
    Column.Builder words = Column.sized(true, piece.size());
    for (int i = 0; i < piece.size(); i++) {
      Quality quality = piece.quality(i);
      String word = quality == Quality.MISSING ? "" : Double.toString(piece.number(i));
      words.add(piece.nanos(i), word, quality);
    }
    return words.build();
  }
}
