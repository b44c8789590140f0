package fr.vigie.server.store.ledger;

import fr.vigie.server.store.ledger.Lanes.Placed;
import fr.vigie.server.store.sqlite.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in the batch log, and not yet known to be safe in the database. Not safe for use by
 * several threads.
 */
final class Held {
  private final Deque<Row> rows = new ArrayDeque<>();
  private final Map<Integer, Deque<Placed>> bySeries = new HashMap<>();
  private volatile long bytes;

  /** A row of the log; {@code pushed} is when the database took it. */
  private static final class Row {
    final long id;
    final List<Placed> placed;
    boolean isPushed;
    long pushed;

    Row(long id, List<Placed> placed) {
      this.id = id;
      this.placed = placed;
    }
  }

  void add(long row, List<Placed> placed) {
    rows.add(new Row(row, placed));
    for (Placed piece : placed) {
      bySeries.computeIfAbsent(piece.series(), key -> new ArrayDeque<>()).add(piece);
      bytes += Run.weight(piece.samples());
    }
  }

  /** What is held of a series, in the order in which it came. */
  List<Placed> of(int series) {
    Deque<Placed> pieces = bySeries.get(series);
    return pieces == null ? List.of() : List.copyOf(pieces);
  }

  long bytes() {
    return bytes;
  }

  /** What the database has not taken. */
  List<Placed> unpushed() {
    List<Placed> found = new ArrayList<>();
    for (Row row : rows) {
      if (!row.isPushed) {
        row.placed.stream().filter(Placed::inEngine).forEach(found::add);
      }
    }
    return found;
  }

  void pushed(long now) {
    for (Row row : rows) {
      if (!row.isPushed) {
        row.isPushed = true;
        row.pushed = now;
      }
    }
  }

  /** The database was restarted: it may have lost any of it. */
  void lost() {
    rows.forEach(row -> row.isPushed = false);
  }

  /** The row up to which all was pushed before a time, 0 without one. */
  long pushedBefore(long time) {
    long through = 0;
    for (Row row : rows) {
      if (!row.isPushed || row.pushed - time > 0) {
        break;
      }
      through = row.id;
    }
    return through;
  }

  List<Placed> through(long id) {
    List<Placed> found = new ArrayList<>();
    for (Row row : rows) {
      if (row.id > id) {
        break;
      }
      found.addAll(row.placed);
    }
    return found;
  }

  void drop(long through) {
    while (!rows.isEmpty() && rows.getFirst().id <= through) {
      for (Placed piece : rows.removeFirst().placed) {
        bySeries.computeIfPresent(
            piece.series(),
            (series, pieces) -> {
              pieces.removeFirst();
              return pieces.isEmpty() ? null : pieces;
            });
        bytes -= Run.weight(piece.samples());
      }
    }
  }
}
