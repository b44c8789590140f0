package fr.vigie.server.store.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The data folder, held by one process at a time. Files that are not ours are left alone. */
public final class Folder implements Closeable {
  static final int VERSION = 1;
  static final int HEAD_ID = 0x56494748;
  static final int MONTH_ID = 0x5649474d;

  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION_AT = 60;
  private static final int APPLICATION_AT = 68;
  private static final int HEADER = 100;

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
  public static Folder take(Path path) throws IOException {
    Files.createDirectories(path);
    Path head = path.resolve("head.db");
    if (Files.exists(head)) {
      check(head, HEAD_ID);
    }
    for (Path month : monthFiles(path)) {
      check(month, MONTH_ID);
    }
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new IOException("another process uses the data folder " + path + ": stop it first");
    }
    return new Folder(path, channel);
  }

  public Path head() {
    return path.resolve("head.db");
  }

  Path month(Month month) {
    return path.resolve(month.fileName());
  }

  List<Path> monthFiles() throws IOException {
    return monthFiles(path);
  }

  /** Puts a file that cannot be read any more out of the way, and keeps it. */
  Path quarantine(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    for (int n = 2; Files.exists(aside); n++) {
      aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
    }
    Path journal = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(journal)) {
      Files.move(journal, aside.resolveSibling(aside.getFileName() + "-wal"));
    }
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    Files.move(file, aside);
    Sql.syncFolder(file);
    return aside;
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

  private static List<Path> monthFiles(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return new ArrayList<>(
          files.filter(file -> Month.ofFile(file).isPresent()).sorted().toList());
    }
  }

  private static void check(Path file, int applicationId) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(HEADER);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER
        || !header.slice(0, SQLITE.length).equals(ByteBuffer.wrap(SQLITE))
        || header.getInt(APPLICATION_AT) != applicationId) {
      throw new IOException(
          file + " is not a file of this store, or its beginning is damaged: move it elsewhere");
    }
    int version = header.getInt(VERSION_AT);
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
