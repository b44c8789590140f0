package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes a damaged store whole again without what is damaged: each file that has a fault is kept
 * beside as {@code ….damaged}, all that is whole in it moves to a new one, and what is missing
 * becomes declared losses. It may be cut off anywhere and run again.
 */
public final class Repair {
  private final Folder folder;
  private final Consumer<String> say;
  private final Map<Integer, Series> names;

  private Repair(Folder folder, Map<Integer, Series> names, Consumer<String> say) {
    this.folder = folder;
    this.names = names;
    this.say = say;
  }

  /**
   * Nobody else may have the store open.
   *
   * @param say is told of each file that was kept aside
   * @return what was found, as {@link Verification#of}
   * @throws IOException when the store is in use or its disk fails
   */
  public static List<Checked> run(Path path, Consumer<Checked> progress, Consumer<String> say)
      throws IOException {
    List<Checked> found = Verification.of(path, progress);
    if (found.stream().allMatch(Checked::isClean)) {
      return found;
    }
    try (Folder folder = Folder.take(path)) {
      Repair repair = new Repair(folder, Verification.names(path), say);
      repair.head(found.get(0));
      repair.declare(found);
      for (Path file : folder.monthFiles()) {
        String name = file.getFileName().toString();
        if (found.stream().anyMatch(it -> it.file().equals(name) && !it.isClean())) {
          repair.month(file);
        }
      }
    }
    return found;
  }

  private void head(Checked found) throws IOException {
    Path file = folder.head();
    if (found.isClean()) {
      Verification.head(file, names, (table, row) -> {});
      return;
    }
    Path repaired = fresh(file, Folder.HEAD_ID, HeadFile.SCHEMA);
    try (Connection connection = Sql.writer(repaired)) {
      Sql.begin(connection);
      Verification.head(file, names, (table, row) -> insert(connection, table, row));
      Sql.run(connection, "UPDATE trimmed SET through = " + number(file, "trimmed", "through"));
      Sql.commit(connection);
      Sql.checkpoint(connection);
    } catch (SQLException e) {
      throw Sql.failure(repaired, e);
    }
    exchange(file, repaired);
  }

  private void month(Path file) throws IOException {
    Path repaired = fresh(file, Folder.MONTH_ID, MonthFile.SCHEMA);
    Map<Integer, Series> held = new TreeMap<>();
    long[] last = new long[2];
    try (Connection connection = Sql.writer(repaired)) {
      Sql.begin(connection);
      Verification.month(
          file,
          names,
          (chunk, head, data) -> {
            insert(connection, "chunk", List.of(chunk.id(), head, data));
            last[0] = Math.max(last[0], chunk.seal());
            last[1] = Math.max(last[1], chunk.id() & 0xffffffffL);
          },
          held);
      try (PreparedStatement insert = connection.prepareStatement(SeriesTable.INSERT)) {
        for (Map.Entry<Integer, Series> name : held.entrySet()) {
          SeriesTable.insert(insert, name.getKey(), name.getValue());
        }
      }
      long through = Math.max(last[0], number(file, "sealed", "through"));
      long places = Math.max(last[1], number(file, "sealed", "places"));
      Sql.run(connection, "UPDATE sealed SET through = " + through + ", places = " + places);
      Sql.commit(connection);
      Sql.checkpoint(connection);
    } catch (SQLException e) {
      throw Sql.failure(repaired, e);
    }
    exchange(file, repaired);
  }

  /** Writes down, once, what is missing. */
  private void declare(List<Checked> found) throws IOException {
    try (Connection connection = Sql.writer(folder.head())) {
      Losses losses = new Losses(connection, connection, new Damage());
      Sql.begin(connection);
      for (Checked checked : found) {
        for (Checked.Fault fault : checked.faults()) {
          if (fault.hole().isPresent()) {
            declare(losses, fault.hole().get());
          }
        }
      }
      Sql.commit(connection);
    } catch (SQLException e) {
      throw Sql.failure(folder.head(), e);
    }
  }

  private void declare(Losses losses, Checked.Hole hole) throws SQLException {
    Loss.Reason reason = Loss.Reason.STORE_DAMAGED;
    long count = hole.count().orElse(-1);
    if (hole.series().isPresent()) {
      Series series = hole.series().get();
      String what = series.machine() + '/' + series.signal();
      losses.addOnce(new Source(series.site(), "*"), new Loss(what, hole.span(), count, reason));
    } else {
      for (String site : sites(names.values())) {
        losses.addOnce(new Source(site, "*"), new Loss("*", hole.span(), count, reason));
      }
    }
  }

  private static Set<String> sites(Collection<Series> names) {
    Set<String> sites = new HashSet<>();
    names.forEach(series -> sites.add(series.site()));
    return sites;
  }

  private static Path fresh(Path file, int applicationId, String[] schema) throws IOException {
    Path repaired = file.resolveSibling(file.getFileName() + ".repaired");
    Sql.delete(repaired);
    Sql.create(repaired, applicationId, Folder.VERSION, schema);
    return repaired;
  }

  /** Keeps a copy of the old file, and puts the new one in its place in one step. */
  private void exchange(Path file, Path repaired) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String suffix : new String[] {"", "-wal"}) {
      Path old = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(old) && Files.size(old) > 0) {
        Path aside = Folder.aside(old);
        Files.copy(old, aside, StandardCopyOption.COPY_ATTRIBUTES);
        Sql.sync(aside);
        kept.add(aside.getFileName().toString());
      }
    }
    for (String suffix : new String[] {"-journal", "-wal", "-shm"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      Files.deleteIfExists(repaired.resolveSibling(repaired.getFileName() + suffix));
    }
    Files.move(repaired, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Sql.syncFolder(file);
    say.accept(file.getFileName() + " as it was is kept as " + String.join(", ", kept));
  }

  private static void insert(Connection connection, String table, List<Object> row)
      throws SQLException {
    String places = "?" + ", ?".repeat(row.size() - 1);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES(" + places + ')')) {
      for (int i = 0; i < row.size(); i++) {
        insert.setObject(i + 1, row.get(i));
      }
      insert.executeUpdate();
    }
  }

  /** A figure of a file that may be damaged, 0 when it cannot be read. */
  private static long number(Path file, String table, String column) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (PinnedFile pinned = PinnedFile.open(file)) {
      return Sql.number(pinned.connection(), "SELECT " + column + " FROM " + table);
    } catch (SQLException e) {
      return 0;
    } catch (IOException e) {
      if (Sql.isDamage(e)) {
        return 0;
      }
      throw e;
    }
  }
}
