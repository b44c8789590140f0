package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnException;
import fr.vigie.server.store.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads every row of {@code head.db}: names, log, marks and losses. */
final class HeadCheck {
  private final Connection connection;
  private final Findings findings;
  private final Sink sink;
  private final Map<String, String> lost = new LinkedHashMap<>();
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  private HeadCheck(Connection connection, Findings findings, Sink sink) {
    this.connection = connection;
    this.findings = findings;
    this.sink = sink;
  }

  /** Takes each row that is whole, with its columns in the order of its table. */
  interface Sink {
    void take(String table, List<Object> row) throws SQLException;
  }

  /**
   * @param unsealed when samples of the log were measured, if no row of it tells
   * @param known names that months tell
   * @return these and those of this file that are whole
   */
  static Map<Integer, Series> run(
      Connection connection,
      Bounds unsealed,
      Map<Integer, Series> known,
      Findings findings,
      Sink sink)
      throws SQLException {
    HeadCheck check = new HeadCheck(connection, findings, sink);
    findings.structure(connection);
    Map<Integer, Series> names = new TreeMap<>(known);
    names.putAll(findings.names(connection));
    for (Map.Entry<Integer, Series> name : names.entrySet()) {
      Series series = name.getValue();
      int id = name.getKey();
      sink.take(
          "series",
          List.of(
              id,
              series.site(),
              series.machine(),
              series.signal(),
              Sum.of(id, series.site(), series.machine(), series.signal())));
    }
    check.log(names);
    check.holes(unsealed);
    check.summed("mark", "SELECT site, agent, epoch, high, beyond, sum FROM mark", false);
    check.summed(
        "loss",
        "SELECT id, site, agent, source, start, \"end\", count, reason, sum FROM loss ORDER BY id",
        true);
    return names;
  }

  private void log(Map<Integer, Series> names) throws SQLException {
    Optional<String> failure =
        each(
            "SELECT id, row FROM log ORDER BY id",
            rows -> {
              long id = rows.getLong(1);
              byte[] bytes = Sql.bytes(rows, 2);
              try {
                long samples = 0;
                for (LogRow.Part part : LogRow.of(bytes).parts()) {
                  if (!names.containsKey(part.series())) {
                    throw new ColumnException("no series has the number " + part.series());
                  }
                  samples += part.samples().size();
                  seen(part.samples());
                }
                findings.whole(samples);
                sink.take("log", List.of(id, bytes));
              } catch (ColumnException e) {
                lost.put("row " + id + " of the log", String.valueOf(e.getMessage()));
              }
            });
    failure.ifPresent(why -> lost.put("table log", why));
  }

  /** Samples of the log that are lost lie somewhere among those that are not. */
  private void holes(Bounds unsealed) {
    Bounds bounds = earliest > latest ? unsealed : new Bounds(earliest, latest);
    lost.forEach((place, why) -> findings.hole(place, why, Optional.empty(), bounds, -1));
  }

  private void summed(String table, String sql, boolean numbered) throws SQLException {
    Optional<String> failure =
        each(
            sql,
            rows -> {
              int columns = rows.getMetaData().getColumnCount();
              Object[] row = new Object[columns];
              for (int i = 0; i < columns; i++) {
                Object value = rows.getObject(i + 1);
                row[i] = value == null ? "" : value;
              }
              int first = numbered ? 1 : 0;
              Object[] content = Arrays.copyOfRange(row, first, columns - 1);
              if (Sum.matches(rows, columns, content)) {
                row[columns - 1] = Sum.of(content);
                sink.take(table, List.of(row));
              } else {
                findings.fault(
                    table + " of " + content[0] + '/' + content[1], "its checksum differs");
              }
            });
    failure.ifPresent(why -> findings.fault("table " + table, why));
  }

  /** Work on one row. */
  private interface Work {
    void take(ResultSet rows) throws SQLException;
  }

  /** Why the rows of a query could not all be read, empty when they could. */
  private Optional<String> each(String sql, Work work) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        work.take(rows);
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (!Sql.isUnreadable(e)) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void seen(Column samples) {
    for (int i = 0; i < samples.size(); i++) {
      earliest = Math.min(earliest, samples.nanos(i));
      latest = Math.max(latest, samples.nanos(i));
    }
  }
}
