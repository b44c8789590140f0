package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Series;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Gathers what a check of one file finds. */
final class Findings {
  private static final int MOST_MESSAGES = 20;

  private final String file;
  private final List<Checked.Fault> faults = new ArrayList<>();
  private long chunks;
  private long samples;

  Findings(String file) {
    this.file = file;
  }

  void whole(long count) {
    chunks++;
    samples += count;
  }

  void fault(String place, String why) {
    faults.add(new Checked.Fault(place, why, Optional.empty()));
  }

  /**
   * @param count negative when nobody can know
   */
  void hole(String place, String why, Optional<Series> series, Bounds bounds, long count) {
    Span span = new Span(Nanos.instant(bounds.from()), Nanos.instant(bounds.to()));
    OptionalLong known = count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    faults.add(new Checked.Fault(place, why, Optional.of(new Checked.Hole(series, span, known))));
  }

  /** What SQLite itself finds in its pages. */
  void structure(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA quick_check(" + MOST_MESSAGES + ")")) {
      while (rows.next()) {
        String message = String.valueOf(rows.getString(1));
        if (!message.equals("ok")) {
          fault("structure", message.replaceAll("\\s+", " "));
        }
      }
    } catch (SQLException e) {
      fault("structure", String.valueOf(e.getMessage()));
    }
  }

  /** The names that are whole; the others become faults. */
  Map<Integer, Series> names(Connection connection) {
    Map<Integer, Series> names = new TreeMap<>();
    try {
      SeriesTable.read(
          connection,
          new SeriesTable.Sink() {
            @Override
            public void name(int id, Series series) {
              names.put(id, series);
            }

            @Override
            public void damaged(int id) {
              fault("name of series " + id, "it does not match its checksum");
            }
          });
    } catch (SQLException | java.io.IOException | RuntimeException e) {
      fault("names of series", String.valueOf(e.getMessage()));
    }
    return names;
  }

  Checked toChecked() {
    return new Checked(file, chunks, samples, faults);
  }
}
