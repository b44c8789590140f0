package fr.vigie.server.backup;

import fr.vigie.server.store.sqlite.PinnedFile;
import fr.vigie.server.store.sqlite.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Copies a data folder beside the server that may be writing it. Copies of one content are never
 * made twice nor overwritten, and the manifest comes last: until it is in its place the backup made
 * before is still whole.
 */
public final class Backup {
  private static final String STORE = "store/";
  private static final String PLANT = "plant.db";
  private static final List<String> FOLDERS = List.of("births", "dead-letters");
  private static final Duration COARSE_CLOCK = Duration.ofSeconds(2);

  private final Path data;
  private final Path to;
  private final Optional<Manifest> before;
  private final Consumer<String> say;
  private final List<Entry> entries = new ArrayList<>();
  private long copied;
  private int copies;

  private Backup(Path data, Path to, Optional<Manifest> before, Consumer<String> say) {
    this.data = data;
    this.to = to;
    this.before = before;
    this.say = say;
  }

  /**
   * What was made.
   *
   * @param files in the backup
   * @param copies of them made anew
   * @param bytes of these
   */
  public record Summary(int files, int copies, long bytes) {}

  /**
   * @param to a folder that is missing, empty, or holds an earlier backup
   * @param version of this program, for the reader of the manifest
   * @param say is told of each copy
   * @throws IOException when there is no store, or the folder is used for something else, or a disk
   *     fails; an earlier backup is whole then
   */
  public static Summary make(
      Path data, Path to, InstantSource clock, String version, Consumer<String> say)
      throws IOException {
    Path source = data.toAbsolutePath().normalize();
    Path target = to.toAbsolutePath().normalize();
    if (target.startsWith(source) || source.startsWith(target)) {
      throw new IOException(
          "found backup folder " + target + ", wanted one apart from the data folder " + source);
    }
    if (!Files.isDirectory(source.resolve(STORE))) {
      throw new IOException(source + " is no data folder: it has no " + STORE);
    }
    try (Closeable lock = take(target)) {
      Instant made = clock.instant();
      Backup backup = new Backup(source, target, Manifest.read(target), say);
      String generation = backup.store();
      backup.rest();
      backup.finish(new Manifest(made, version, generation, backup.entries));
      return new Summary(backup.entries.size(), backup.copies, backup.copied);
    }
  }

  private String store() throws IOException {
    try (Snapshot snapshot = Snapshot.take(data.resolve(STORE))) {
      List<Snapshot.Part> changed = new ArrayList<>();
      for (Snapshot.Part part : snapshot.parts()) {
        Optional<Entry> same = part.stamp().flatMap(stamp -> unchanged(STORE + part.name(), stamp));
        if (same.isPresent()) {
          entries.add(same.get());
          part.pinned().close();
        } else {
          changed.add(part);
        }
      }
      // A seal waits for the pin of its month to go; the newest months are sealed most.
      Collections.reverse(changed);
      for (Snapshot.Part part : changed) {
        entries.add(copy(STORE + part.name(), part.pinned(), part.stamp()));
        part.pinned().close();
      }
      return snapshot.generation();
    }
  }

  private void rest() throws IOException {
    if (Files.exists(data.resolve(PLANT))) {
      try (PinnedFile plant = PinnedFile.open(data.resolve(PLANT))) {
        entries.add(copy(PLANT, plant, Optional.empty()));
      }
    }
    for (String folder : FOLDERS) {
      for (Path file : files(data.resolve(folder), path -> Files.isRegularFile(path))) {
        String path = data.relativize(file).toString();
        if (Entry.isPath(path)) {
          plain(path, file);
        }
      }
    }
  }

  private void plain(String path, Path file) throws IOException {
    Path draft = draft(path);
    try {
      Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      return;
    }
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    entries.add(keep(path, draft, Optional.empty()));
  }

  /** The copy of an earlier backup, when nothing can have changed since it was made. */
  private Optional<Entry> unchanged(String path, Snapshot.Stamp stamp) {
    Instant changed = stamp.changed().toInstant();
    return before.stream()
        .filter(manifest -> changed.isBefore(manifest.made().minus(COARSE_CLOCK)))
        .flatMap(manifest -> manifest.entries().stream())
        .filter(entry -> entry.path().equals(path))
        .filter(entry -> entry.sourceBytes() == stamp.bytes() && entry.changed().equals(changed))
        .filter(entry -> to.resolve(entry.stored()).toFile().length() == entry.bytes())
        .findFirst();
  }

  private Entry copy(String path, PinnedFile pinned, Optional<Snapshot.Stamp> stamp)
      throws IOException {
    Path draft = draft(path);
    Files.deleteIfExists(draft);
    Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + "-journal"));
    pinned.copyTo(draft);
    return keep(path, draft, stamp);
  }

  private Path draft(String path) throws IOException {
    Path draft = to.resolve(path + ".draft");
    Files.createDirectories(draft.resolveSibling(""));
    return draft;
  }

  private Entry keep(String path, Path draft, Optional<Snapshot.Stamp> stamp) throws IOException {
    Entry entry =
        new Entry(
            path,
            Digest.of(draft),
            Files.size(draft),
            stamp.map(Snapshot.Stamp::bytes).orElse(-1L),
            stamp.map(Snapshot.Stamp::changed).map(FileTime::toInstant).orElse(Instant.EPOCH));
    Path stored = to.resolve(entry.stored());
    if (Files.exists(stored) && Files.size(stored) == entry.bytes()) {
      Files.delete(draft);
      return entry;
    }
    Files.move(draft, stored, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Disk.sync(stored.resolveSibling(""));
    copies++;
    copied += entry.bytes();
    say.accept(path + "  " + entry.bytes() + " bytes");
    return entry;
  }

  private void finish(Manifest manifest) throws IOException {
    Disk.write(to.resolve(Manifest.NAME + ".draft"), manifest.toBytes());
    Files.move(
        to.resolve(Manifest.NAME + ".draft"),
        to.resolve(Manifest.NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Disk.sync(to);
    List<String> listed = manifest.entries().stream().map(Entry::stored).toList();
    for (Path old : files(to, Backup::isCopy)) {
      if (!listed.contains(to.relativize(old).toString())) {
        Files.delete(old);
      }
    }
  }

  private static boolean isCopy(Path file) {
    return file.getFileName().toString().matches(".+\\.([0-9a-f]{16}|draft)");
  }

  private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    }
  }

  /** Holds the folder of a backup; one process at a time writes to it. */
  private static Closeable take(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path lock = folder.resolve("lock");
    if (!Files.exists(lock) && !Files.exists(folder.resolve(Manifest.NAME)) && !isEmpty(folder)) {
      throw new IOException(
          folder + " holds other files, wanted an empty folder or one with an earlier backup");
    }
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Told below, as for another process.
    }
    channel.close();
    throw new IOException("another process writes a backup to " + folder + ": wait for its end");
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
