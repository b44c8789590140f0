package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Data folders as tests need them. */
final class Folders {
  private Folders() {}

  static SqliteStore open(Path folder) throws IOException {
    return SqliteStore.open(folder, SqliteStore.Settings.DEFAULT, InstantSource.system());
  }

  static SqliteStore open(Path folder, SealStep.Watcher watcher) throws IOException {
    return SqliteStore.open(folder, SqliteStore.Settings.DEFAULT, InstantSource.system(), watcher);
  }

  /** Seals and compacts until nothing more is to be done. */
  static void tidy(SqliteStore store) throws IOException {
    store.seal();
    for (int steps = 0; store.tidy(); steps++) {
      if (steps == 1000) {
        throw new IllegalStateException("compaction does not end");
      }
    }
  }

  /** What a disk would hold if the process ended now: all files, but for the lock and memory. */
  static Path copy(Path folder, Path target) throws IOException {
    Files.createDirectories(target);
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      if (!name.equals("lock") && !name.endsWith("-shm")) {
        Files.copy(file, target.resolve(name));
      }
    }
    return target;
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  static long bytes(Path folder) throws IOException {
    return files(folder).stream().mapToLong(Folders::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
