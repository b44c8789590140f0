package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import fr.vigie.server.store.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads every chunk of a monthly file, series by series, from the first on and, past a place that
 * SQLite cannot read, from the last back.
 */
final class MonthCheck {
  private static final String FORTH =
      "SELECT id, head, data FROM chunk WHERE id >= ? AND id < ? ORDER BY id";
  private static final String BACK = FORTH + " DESC";

  private final Month month;
  private final Connection connection;
  private final Findings findings;
  private final Sink sink;
  private final Map<Integer, Series> names = new TreeMap<>();
  private long lastSeen;
  private long seenUntil;

  private MonthCheck(Month month, Connection connection, Findings findings, Sink sink) {
    this.month = month;
    this.connection = connection;
    this.findings = findings;
    this.sink = sink;
  }

  /** Takes each chunk that is whole. */
  interface Sink {
    void take(Chunk chunk, byte[] head, byte[] data) throws SQLException;
  }

  /**
   * @param known names that other files of the store tell
   * @return the names of the series that have chunks here
   */
  static Map<Integer, Series> run(
      Month month, Connection connection, Map<Integer, Series> known, Findings findings, Sink sink)
      throws SQLException {
    MonthCheck check = new MonthCheck(month, connection, findings, sink);
    check.all(known);
    return check.names;
  }

  private void all(Map<Integer, Series> known) throws SQLException {
    findings.structure(connection);
    Map<Integer, Series> named = new TreeMap<>(known);
    named.putAll(findings.names(connection));
    try {
      if (Sql.number(connection, "SELECT count(*) FROM sealed") != 1) {
        findings.fault("seal", "it is not said up to where the log is sealed");
      }
    } catch (SQLException e) {
      findings.fault("seal", String.valueOf(e.getMessage()));
    }
    long end = 0;
    for (Map.Entry<Integer, Series> name : named.entrySet()) {
      nameless(end, Chunk.id(name.getKey(), 0));
      end = Chunk.id(name.getKey() + 1, 0);
      series(name.getKey(), name.getValue());
    }
    nameless(end, Long.MAX_VALUE);
  }

  private void series(int id, Series series) throws SQLException {
    long from = Chunk.id(id, 0);
    long end = Chunk.id(id + 1, 0);
    lastSeen = from - 1;
    seenUntil = month.bounds().from();
    Optional<String> failure = read(FORTH, from, end, id, series);
    if (failure.isPresent()) {
      long reached = lastSeen;
      long before = seenUntil;
      lastSeen = end;
      seenUntil = month.bounds().to();
      read(BACK, reached + 1, end, id, series);
      findings.hole(
          "chunks of series " + id,
          failure.get(),
          Optional.of(series),
          new Bounds(Math.min(before, seenUntil), Math.max(before, seenUntil)),
          -1);
    }
  }

  private Optional<String> read(String sql, long from, long end, int id, Series series)
      throws SQLException {
    boolean forth = sql.equals(FORTH);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, from);
      select.setLong(2, end);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          names.put(id, series);
          Bounds bounds = chunk(rows.getLong(1), Sql.bytes(rows, 2), Sql.bytes(rows, 3), series);
          lastSeen = rows.getLong(1);
          seenUntil = forth ? Math.max(seenUntil, bounds.to()) : Math.min(seenUntil, bounds.from());
        }
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (!Sql.isUnreadable(e)) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Where a chunk lies, as far as it can be known. */
  private Bounds chunk(long id, byte[] head, byte[] data, Series series) throws SQLException {
    Optional<Chunk> chunk = Chunk.of(id, head);
    Optional<Column> column = column(data);
    if (chunk.isPresent() && column.filter(chunk.get()::describes).isPresent()) {
      findings.whole(chunk.get().count());
      sink.take(chunk.get(), head, data);
      return new Bounds(chunk.get().first(), chunk.get().last());
    }
    Bounds bounds =
        chunk
            .map(it -> new Bounds(it.first(), it.last()))
            .or(() -> column.map(it -> new Bounds(it.nanos(0), it.nanos(it.size() - 1))))
            .orElse(month.bounds());
    int count = chunk.map(Chunk::count).or(() -> column.map(Column::size)).orElse(-1);
    String why = chunk.isEmpty() ? "its head is damaged" : "its samples are damaged";
    findings.hole("chunk " + Chunk.name(id), why, Optional.of(series), bounds, count);
    return bounds;
  }

  private void nameless(long from, long end) {
    try {
      long count =
          from >= end
              ? 0
              : Sql.number(
                  connection,
                  "SELECT count(*) FROM chunk WHERE id >= " + from + " AND id < " + end);
      if (count > 0) {
        findings.hole(
            count + " chunks",
            "no name tells whose they are",
            Optional.empty(),
            month.bounds(),
            -1);
      }
    } catch (SQLException e) {
      findings.hole("chunks", String.valueOf(e.getMessage()), Optional.empty(), month.bounds(), -1);
    }
  }

  private static Optional<Column> column(byte[] data) {
    try {
      return Optional.of(ColumnCodec.decode(data)).filter(decoded -> !decoded.isEmpty());
    } catch (ColumnException e) {
      return Optional.empty();
    }
  }
}
