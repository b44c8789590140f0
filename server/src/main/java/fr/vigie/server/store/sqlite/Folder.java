package fr.vigie.server.store.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The data folder, held by one process at a time. Files that are not ours are left alone. */
final class Folder implements Closeable {
  static final String HEAD = "head.db";
  static final int VERSION = 2;
  static final int HEAD_ID = 0x56494748;
  static final int MONTH_ID = 0x5649474d;

  private final Path path;
  private final FileChannel channel;

  private Folder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Checks what is there before anything is touched, then takes the folder.
   *
   * @throws IOException when another process holds it, or it was written by a newer version, or a
   *     file that is not ours has the name of one of ours
   */
  static Folder take(Path path) throws IOException {
    Files.createDirectories(path);
    refuse(path);
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new IOException("another process uses the data folder " + path + ": stop it first");
    }
    return new Folder(path, channel);
  }

  /**
   * Touches nothing.
   *
   * @throws IOException when a newer version wrote a file, or one of our names is not our file
   */
  static void refuse(Path path) throws IOException {
    Path head = path.resolve(HEAD);
    if (Files.exists(head)) {
      check(head, HEAD_ID);
    }
    for (Path month : monthFiles(path)) {
      check(month, MONTH_ID);
    }
  }

  Path head() {
    return path.resolve(HEAD);
  }

  String generation() throws IOException {
    return Generation.of(path);
  }

  Path month(Month month) {
    return path.resolve(month.fileName());
  }

  List<Path> monthFiles() throws IOException {
    return monthFiles(path);
  }

  /** Puts a file that cannot be read any more out of the way, and keeps it. */
  Path quarantine(Path file) throws IOException {
    Path aside = aside(file);
    Path journal = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(journal)) {
      Files.move(journal, aside.resolveSibling(aside.getFileName() + "-wal"));
    }
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    Files.move(file, aside);
    Sql.syncFolder(file);
    return aside;
  }

  /** A name under which a damaged file can be kept. */
  static Path aside(Path file) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    for (int n = 2; Files.exists(aside); n++) {
      aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
    }
    return aside;
  }

  /** The version of the store that wrote a file. */
  static int version(Path file) throws IOException {
    return Origin.of(file).version();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  static List<Path> monthFiles(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return new ArrayList<>(
          files.filter(file -> Month.ofFile(file).isPresent()).sorted().toList());
    }
  }

  private static void check(Path file, int applicationId) throws IOException {
    Origin origin = Origin.of(file);
    if (origin.application() != applicationId) {
      throw new IOException(
          file + " is not a file of this store, or its beginning is damaged: move it elsewhere");
    }
    int version = origin.version();
    if (version > VERSION) {
      throw new IOException(
          file
              + " was written by a newer version ("
              + version
              + ", this one knows "
              + VERSION
              + "): use that version, or restore a backup");
    }
  }
}
