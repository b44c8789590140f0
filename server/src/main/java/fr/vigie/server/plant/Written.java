package fr.vigie.server.plant;

import fr.vigie.time.Nanos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who wrote an entry of the logbook, and who took it back.
 *
 * @param by whoever says so
 */
public record Written(long id, String by, Instant at, Optional<Withdrawn> withdrawn) {
  static final int LONGEST_NAME = 80;

  public record Withdrawn(String by, Instant at) {}

  static Written of(ResultSet row) throws SQLException {
    String withdrawnBy = row.getString("withdrawn_by");
    return new Written(
        row.getLong("id"),
        row.getString("by"),
        Nanos.instant(row.getLong("recorded_at")),
        withdrawnBy == null
            ? Optional.empty()
            : Optional.of(new Withdrawn(withdrawnBy, Nanos.instant(row.getLong("withdrawn_at")))));
  }

  /** Who writes; a mistake of the tree when it does not say. */
  static String by(Tree tree) {
    String by = tree.text("by", LONGEST_NAME).orElse("");
    if (by.isEmpty()) {
      tree.wrong("by", "who says so, in at most " + LONGEST_NAME + " characters");
    }
    return by;
  }

  /**
   * What an entry says.
   *
   * @param columns such as {@code product_order (product, start_at}, without those of every entry
   */
  record Row(String columns, List<@Nullable Object> values) {}

  static Written add(Logbook logbook, String machine, Row row, String by, Instant now) {
    List<@Nullable Object> values = new ArrayList<>(row.values());
    values.addAll(List.of(machine, by, Nanos.of(now)));
    long[] id = new long[1];
    logbook.write(
        machine,
        client ->
            id[0] =
                client
                    .sql(
                        "INSERT INTO "
                            + row.columns()
                            + ", machine, by, recorded_at) VALUES (?"
                            + ", ?".repeat(values.size() - 1)
                            + ") RETURNING id")
                    .params(values)
                    .query(Long.class)
                    .single());
    return new Written(id[0], by, now, Optional.empty());
  }

  /**
   * Takes an entry back, which leaves it in its table.
   *
   * @return whether there was one that stood
   * @throws MistakesFound when the tree does not say who
   */
  static boolean withdraw(
      Logbook logbook, String table, String machine, long id, Tree tree, Instant now) {
    String by = by(tree);
    tree.check();
    int[] changed = new int[1];
    logbook.write(machine, client -> changed[0] = withdraw(client, table, machine, id, by, now));
    return changed[0] > 0;
  }

  private static int withdraw(
      JdbcClient client, String table, String machine, long id, String by, Instant now) {
    return client
        .sql(
            "UPDATE "
                + table
                + " SET withdrawn_by = ?, withdrawn_at = ?"
                + " WHERE id = ? AND machine = ? AND withdrawn_by IS NULL")
        .params(by, Nanos.of(now), id, machine)
        .update();
  }
}
