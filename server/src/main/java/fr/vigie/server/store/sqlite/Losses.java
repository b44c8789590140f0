package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Store.DeclaredLoss;
import fr.vigie.server.store.Store.LossTotal;
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
  static final String INDEX = "CREATE INDEX loss_of_site ON loss(site, \"end\")";
  static final String TOTALS =
      "CREATE TABLE IF NOT EXISTS loss_total(site TEXT NOT NULL, agent TEXT NOT NULL,"
          + " reason TEXT NOT NULL, declared INTEGER NOT NULL, readings INTEGER NOT NULL,"
          + " unknown INTEGER NOT NULL, PRIMARY KEY(site, agent, reason)) WITHOUT ROWID";

  /** Totals of the losses that are there, after a repair. */
  static final String COUNT_AGAIN =
      "INSERT INTO loss_total SELECT site, agent, reason, count(*), sum(max(count, 0)),"
          + " sum(count < 0) FROM loss WHERE NOT EXISTS (SELECT 1 FROM loss_total) GROUP BY site, agent, reason";

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
    try (PreparedStatement add =
        writer.prepareStatement(
            "INSERT INTO loss_total VALUES(?, ?, ?, 1, ?, ?) ON CONFLICT DO UPDATE SET"
                + " declared = declared + 1, readings = readings + excluded.readings,"
                + " unknown = unknown + excluded.unknown")) {
      add.setString(1, source.site());
      add.setString(2, source.agent());
      add.setString(3, loss.reason().name());
      add.setLong(4, loss.known().orElse(0));
      add.setInt(5, loss.known().isPresent() ? 0 : 1);
      add.executeUpdate();
    }
  }

  /** Of everything that was ever declared, dropped or not. */
  List<LossTotal> totals(String site) throws SQLException {
    synchronized (reader) {
      try (PreparedStatement select =
          reader.prepareStatement(
              "SELECT agent, reason, declared, readings, unknown FROM loss_total WHERE site = ?"
                  + " ORDER BY agent, reason")) {
        select.setString(1, site);
        List<LossTotal> totals = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            totals.add(
                new LossTotal(
                    new Source(site, rows.getString(1)),
                    Loss.Reason.valueOf(rows.getString(2)),
                    rows.getLong(3),
                    rows.getLong(4),
                    rows.getLong(5)));
          }
        }
        return totals;
      }
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
                  + " AND \"end\" >= ? AND start < ? AND (\"end\" > ? OR start >= ?)"
                  + " ORDER BY start, id")) {
        select.setString(1, site);
        select.setLong(2, bounds.from());
        select.setLong(3, bounds.to());
        select.setLong(4, bounds.from());
        select.setLong(5, bounds.from());
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
