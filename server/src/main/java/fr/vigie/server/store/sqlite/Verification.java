package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads all of a store, every byte that a checksum covers, and tells what is not as it was written.
 * It changes nothing and may run beside the process that writes.
 */
public final class Verification {
  private static final Duration LONGEST_UNSEALED = SqliteStore.Settings.DEFAULT.headAge();

  private Verification() {}

  /**
   * @param progress is told of each file as it is done
   * @return one finding a file, {@code head.db} first, then the months
   * @throws IOException when there is no store of this version, or its disk fails
   */
  public static List<Checked> of(Path path, Consumer<Checked> progress) throws IOException {
    refuse(path);
    List<Checked> all = new ArrayList<>();
    Map<Integer, Series> names = names(path);
    all.add(head(path.resolve(Folder.HEAD), names, (table, row) -> {}));
    progress.accept(all.get(0));
    for (Path file : Folder.monthFiles(path)) {
      Checked checked = month(file, names, (chunk, head, data) -> {}, new TreeMap<>());
      all.add(checked);
      progress.accept(checked);
    }
    return all;
  }

  private static void refuse(Path path) throws IOException {
    Folder.refuse(path);
    if (!Files.isDirectory(path)) {
      throw new IOException(path + " holds no store: there is no such folder");
    }
    List<Path> files = new ArrayList<>(Folder.monthFiles(path));
    if (Files.exists(path.resolve(Folder.HEAD))) {
      files.add(path.resolve(Folder.HEAD));
    }
    if (files.isEmpty()) {
      throw new IOException(path + " holds no store: " + Folder.HEAD + " is missing");
    }
    for (Path file : files) {
      if (Folder.version(file) < Folder.VERSION) {
        throw new IOException(
            file + " was written by an earlier version: start the server once, then check again");
      }
    }
  }

  /** The names that are whole in some month. */
  static Map<Integer, Series> names(Path path) throws IOException {
    Map<Integer, Series> names = new TreeMap<>();
    for (Path file : Folder.monthFiles(path)) {
      try (PinnedFile pinned = PinnedFile.open(file)) {
        names.putAll(new Findings(file.toString()).names(pinned.connection()));
      } catch (IOException e) {
        if (Files.exists(file) && !Sql.isDamage(e)) {
          throw e;
        }
      }
    }
    return names;
  }

  /** Checks {@code head.db}; the names that are whole are added to those known. */
  static Checked head(Path file, Map<Integer, Series> names, HeadCheck.Sink sink)
      throws IOException {
    Findings findings = new Findings(file.getFileName().toString());
    if (!Files.exists(file)) {
      findings.fault("the file", "it is missing: the log, marks and losses are gone");
      return findings.toChecked();
    }
    Instant changed = Files.getLastModifiedTime(file).toInstant();
    Bounds unsealed = new Bounds(nanos(changed.minus(LONGEST_UNSEALED)), nanos(changed));
    try (PinnedFile pinned = PinnedFile.open(file)) {
      names.putAll(HeadCheck.run(pinned.connection(), unsealed, names, findings, sink));
    } catch (SQLException e) {
      throw Sql.failure(file, e);
    } catch (IOException e) {
      unreadable(e, findings, unsealed);
    }
    return findings.toChecked();
  }

  /** Checks a month; names of series that it holds are put into the last argument. */
  static Checked month(
      Path file, Map<Integer, Series> known, MonthCheck.Sink sink, Map<Integer, Series> held)
      throws IOException {
    Findings findings = new Findings(file.getFileName().toString());
    Month month = Month.ofFile(file).orElseThrow();
    try (PinnedFile pinned = PinnedFile.open(file)) {
      held.putAll(MonthCheck.run(month, pinned.connection(), known, findings, sink));
    } catch (SQLException e) {
      throw Sql.failure(file, e);
    } catch (IOException e) {
      if (Files.exists(file)) {
        unreadable(e, findings, month.bounds());
      }
    }
    return findings.toChecked();
  }

  private static void unreadable(IOException e, Findings findings, Bounds bounds)
      throws IOException {
    if (!Sql.isDamage(e)) {
      throw e;
    }
    findings.hole("the file", String.valueOf(e.getMessage()), Optional.empty(), bounds, -1);
  }

  private static long nanos(Instant instant) {
    return Bounds.nanos(instant);
  }
}
