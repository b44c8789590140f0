package fr.vigie.server.alert;

import fr.vigie.server.alert.Alert.Acknowledgement;
import fr.vigie.server.alert.Alert.State;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.time.Nanos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Alerts in {@code plant.db}. Safe for use by several threads. */
@Component
class Register {
  private final PlantDatabase database;

  Register(PlantDatabase database) {
    this.database = database;
  }

  void together(Runnable work) {
    database.together(work);
  }

  void put(Alert alert) {
    Optional<Acknowledgement> by = alert.acknowledgement();
    database
        .client()
        .sql("INSERT OR REPLACE INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(alert.id())
        .param(alert.rule())
        .param(alert.subject())
        .param(alert.severity())
        .param(alert.state().name())
        .param(Nanos.of(alert.since()))
        .param(alert.raisedAt().map(Nanos::of).orElse(null))
        .param(alert.clearedAt().map(Nanos::of).orElse(null))
        .param(by.map(Acknowledgement::at).map(Nanos::of).orElse(null))
        .param(by.map(Acknowledgement::by).orElse(null))
        .param(by.map(Acknowledgement::note).orElse(null))
        .param(Nanos.of(alert.recorded()))
        .param(alert.told() ? 1 : 0)
        .update();
  }

  void drop(Alert alert) {
    database.client().sql("DELETE FROM alert WHERE id = ?").param(alert.id()).update();
  }

  Optional<Alert> alert(String id) {
    return database
        .client()
        .sql("SELECT * FROM alert WHERE id = ?")
        .param(id)
        .query(Register::read)
        .optional();
  }

  /** Those of a rule and a subject that are not over, or were since an instant. */
  List<Alert> of(String rule, String subject, Instant instant) {
    return database
        .client()
        .sql(
            "SELECT * FROM alert WHERE rule = ? AND subject = ?"
                + " AND (cleared_at IS NULL OR cleared_at >= ?) ORDER BY since")
        .params(rule, subject, Nanos.of(instant))
        .query(Register::read)
        .list();
  }

  /** Those that are pending or on. */
  List<Alert> open() {
    return database
        .client()
        .sql("SELECT * FROM alert WHERE state IN ('PENDING', 'RAISED', 'ACKNOWLEDGED')")
        .query(Register::read)
        .list();
  }

  /** Past ones that nobody has been told of, the oldest first. */
  List<Alert> untold() {
    return database
        .client()
        .sql("SELECT * FROM alert WHERE state = 'PAST' AND told = 0 ORDER BY raised_at")
        .query(Register::read)
        .list();
  }

  void told(List<Alert> alerts) {
    alerts.forEach(
        it ->
            database
                .client()
                .sql("UPDATE alert SET told = 1 WHERE id = ?")
                .param(it.id())
                .update());
  }

  /** By their beginning, the newest first. */
  List<Alert> list(Optional<State> state, int limit) {
    String where = state.map(it -> "WHERE state = '" + it.name() + "' ").orElse("");
    return database
        .client()
        .sql("SELECT * FROM alert " + where + "ORDER BY since DESC, rowid DESC LIMIT ?")
        .param(limit)
        .query(Register::read)
        .list();
  }

  void forgetBefore(Instant instant) {
    database
        .client()
        .sql("DELETE FROM alert WHERE cleared_at < ? AND recorded_at < ?")
        .params(Nanos.of(instant), Nanos.of(instant))
        .update();
  }

  private static Alert read(ResultSet row, int number) throws SQLException {
    Instant acknowledged = instant(row, "acknowledged_at");
    return new Alert(
        row.getString("id"),
        row.getString("rule"),
        row.getString("subject"),
        row.getString("severity"),
        State.valueOf(row.getString("state")),
        Nanos.instant(row.getLong("since")),
        instant(row, "raised_at"),
        instant(row, "cleared_at"),
        acknowledged == null
            ? null
            : new Acknowledgement(
                acknowledged, row.getString("acknowledged_by"), row.getString("note")),
        Nanos.instant(row.getLong("recorded_at")),
        row.getInt("told") != 0);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : Nanos.instant(nanos);
  }
}
