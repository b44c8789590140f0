package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Store.DeclaredLoss;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Declared losses; changes belong to the caller's transaction. */
final class Losses {
  static final String TABLE =
      "CREATE TABLE loss(id INTEGER PRIMARY KEY, site TEXT NOT NULL, agent TEXT NOT NULL,"
          + " source TEXT NOT NULL, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL,"
          + " count INTEGER NOT NULL, reason TEXT NOT NULL, sum INTEGER)";
  static final String INDEX = "CREATE INDEX loss_of_site ON loss(site, start)";

  private final Connection writer;
  private final Connection reader;
  private final Damage damage;

  Losses(Connection writer, Connection reader, Damage damage) {
    this.writer = writer;
    this.reader = reader;
    this.damage = damage;
  }

  void add(Source source, Loss loss) throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT INTO loss VALUES(NULL, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      Bounds when = Bounds.of(loss.when());
      insert.setString(1, source.site());
      insert.setString(2, source.agent());
      insert.setString(3, loss.source());
      insert.setLong(4, when.from());
      insert.setLong(5, when.to());
      insert.setLong(6, loss.count());
      insert.setString(7, loss.reason().name());
      insert.setLong(
          8,
          Sum.of(
              source.site(),
              source.agent(),
              loss.source(),
              when.from(),
              when.to(),
              loss.count(),
              loss.reason().name()));
      insert.executeUpdate();
    }
  }

  /** Does nothing when the very same loss is declared already. */
  void addOnce(Source source, Loss loss) throws SQLException {
    Span when = loss.when();
    Span touching = new Span(when.start(), when.end().plusNanos(1));
    if (!of(source.site(), Bounds.of(touching)).contains(new DeclaredLoss(source, loss))) {
      add(source, loss);
    }
  }

  /** Losses that share time with the bounds; one without length counts where it starts. */
  List<DeclaredLoss> of(String site, Bounds bounds) throws SQLException {
    synchronized (reader) {
      try (PreparedStatement select =
          reader.prepareStatement(
              "SELECT agent, source, start, \"end\", count, reason, id, sum FROM loss WHERE site = ?"
                  + " AND start < ? AND (\"end\" > ? OR start >= ?) ORDER BY start, id")) {
        select.setString(1, site);
        select.setLong(2, bounds.to());
        select.setLong(3, bounds.from());
        select.setLong(4, bounds.from());
        List<DeclaredLoss> losses = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            if (!isWhole(rows, site)) {
              damage.report("declared loss " + rows.getLong(7), "it does not match its checksum");
              continue;
            }
            losses.add(
                new DeclaredLoss(
                    new Source(site, rows.getString(1)),
                    new Loss(
                        rows.getString(2),
                        new Span(Nanos.instant(rows.getLong(3)), Nanos.instant(rows.getLong(4))),
                        rows.getLong(5),
                        Loss.Reason.valueOf(rows.getString(6)))));
          }
        }
        return losses;
      }
    }
  }

  private static boolean isWhole(ResultSet rows, String site) throws SQLException {
    return Sum.matches(
        rows,
        8,
        site,
        rows.getString(1),
        rows.getString(2),
        rows.getLong(3),
        rows.getLong(4),
        rows.getLong(5),
        rows.getString(6));
  }

  void drop(long before) throws SQLException {
    try (PreparedStatement delete =
        writer.prepareStatement("DELETE FROM loss WHERE \"end\" <= ?")) {
      delete.setLong(1, before);
      delete.executeUpdate();
    }
  }
}
