package fr.vigie.server.store.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a store as they stood together at one moment, taken beside the process that writes
 * them. The months are pinned first and {@code head.db} last; if a month was sealed in between the
 * whole is taken again, since samples would then be in both or in neither.
 */
public final class Snapshot implements Closeable {
  private static final int TRIALS = 20;

  private final String generation;
  private final List<Part> parts;

  private Snapshot(String generation, List<Part> parts) {
    this.generation = generation;
    this.parts = List.copyOf(parts);
  }

  /**
   * One file of the store.
   *
   * @param stamp what the file looked like on disk just before it was pinned; empty when not all of
   *     it was in the file itself
   */
  public record Part(String name, PinnedFile pinned, Optional<Stamp> stamp) {}

  /** What tells, without reading it, that a file is still the same. */
  public record Stamp(long bytes, FileTime changed) {}

  /**
   * @throws IOException when the folder holds no store of a version known here, or seals do not
   *     leave off
   */
  public static Snapshot take(Path path) throws IOException {
    Folder.refuse(path);
    if (!Files.exists(path.resolve(Folder.HEAD))) {
      throw new IOException(path + " holds no store: " + Folder.HEAD + " is missing");
    }
    for (int trial = 0; trial < TRIALS; trial++) {
      Optional<Snapshot> taken = attempt(path);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw new IOException(path + " changes too fast to be copied: try again");
  }

  /** Of the store, {@code unknown} when it has none yet. */
  public String generation() {
    return generation;
  }

  public List<Part> parts() {
    return parts;
  }

  @Override
  public void close() throws IOException {
    for (Part part : parts) {
      part.pinned().close();
    }
  }

  private static Optional<Snapshot> attempt(Path path) throws IOException {
    String generation = Generation.read(path).orElse("unknown");
    List<Path> files = Folder.monthFiles(path);
    List<Part> parts = new ArrayList<>();
    boolean whole = false;
    try {
      for (Path file : files) {
        parts.add(part(file));
      }
      parts.add(part(path.resolve(Folder.HEAD)));
      whole = files.equals(Folder.monthFiles(path)) && areAsPinned(parts);
    } catch (IOException e) {
      if (files.equals(Folder.monthFiles(path))) {
        throw e;
      }
    } finally {
      if (!whole) {
        new Snapshot(generation, parts).close();
      }
    }
    return whole ? Optional.of(new Snapshot(generation, parts)) : Optional.empty();
  }

  private static Part part(Path file) throws IOException {
    Optional<Stamp> stamp = stamp(file);
    return new Part(file.getFileName().toString(), PinnedFile.open(file), stamp);
  }

  private static Optional<Stamp> stamp(Path file) throws IOException {
    Path journal = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(journal) && Files.size(journal) > 0) {
      return Optional.empty();
    }
    return Optional.of(new Stamp(Files.size(file), Files.getLastModifiedTime(file)));
  }

  private static boolean areAsPinned(List<Part> parts) throws IOException {
    for (Part part : parts.subList(0, parts.size() - 1)) {
      Path file = part.pinned().file();
      try (Connection now = Sql.reader(file)) {
        if (MonthFile.sealed(now)[0] != MonthFile.sealed(part.pinned().connection())[0]) {
          return false;
        }
      } catch (SQLException e) {
        throw Sql.failure(file, e);
      }
    }
    return true;
  }
}
