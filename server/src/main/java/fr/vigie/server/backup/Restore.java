package fr.vigie.server.backup;

import fr.vigie.server.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts a backup back where a server will find it: all of it or nothing. */
public final class Restore {
  private static final String HEAD = "store/head.db";

  private Restore() {}

  /**
   * What was put back.
   *
   * @param made when the backup was begun
   * @param files in it
   * @param aside where the data folder that was there before is kept
   */
  public record Summary(Instant made, int files, Optional<Path> aside) {}

  /**
   * Verifies the whole backup, copies it beside the data folder, and exchanges the two.
   *
   * @param replace whether a data folder that holds something may be put aside
   * @param now names the folder that is put aside
   * @throws IOException when the backup is not whole, which tells every file that is not, or the
   *     data folder holds something and may not be replaced; nothing has changed then
   */
  public static Summary from(
      Path backup, Path data, boolean replace, Instant now, Consumer<String> say)
      throws IOException {
    Manifest manifest =
        Manifest.read(backup)
            .orElseThrow(
                () -> new IOException(backup + " holds no backup: its manifest is missing"));
    verify(backup, manifest);
    say.accept(manifest.entries().size() + " files of " + manifest.made() + " are whole");
    Path target = data.toAbsolutePath().normalize();
    boolean holds = holdsSomething(target);
    if (holds && !replace) {
      throw new IOException(
          target + " holds data already: give another folder, or --replace to put it aside");
    }
    Path parent = target.resolveSibling("");
    Files.createDirectories(parent);
    Path draft = Files.createTempDirectory(parent, target.getFileName() + ".restoring-");
    try {
      copy(backup, manifest, draft);
      SqliteStore.restored(draft.resolve("store"));
      Optional<Path> aside = holds ? Optional.of(putAside(target, now)) : Optional.empty();
      exchange(draft, target, aside);
      Disk.sync(parent);
      return new Summary(manifest.made(), manifest.entries().size(), aside);
    } finally {
      delete(draft);
    }
  }

  private static void verify(Path backup, Manifest manifest) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Entry entry : manifest.entries()) {
      problem(backup.resolve(entry.stored()), entry).ifPresent(wrong::add);
    }
    if (manifest.entries().stream().noneMatch(entry -> entry.path().equals(HEAD))) {
      wrong.add(HEAD + " is not in the manifest");
    }
    if (!wrong.isEmpty()) {
      throw new IOException(
          backup + " is not whole and was not restored:\n  " + String.join("\n  ", wrong));
    }
  }

  private static Optional<String> problem(Path file, Entry entry) throws IOException {
    try {
      long bytes = Files.size(file);
      if (bytes != entry.bytes()) {
        return Optional.of(file + ": found " + bytes + " bytes, wanted " + entry.bytes());
      }
      return Digest.of(file).equals(entry.sha256())
          ? Optional.empty()
          : Optional.of(file + ": its content is not what was backed up");
    } catch (NoSuchFileException e) {
      return Optional.of(file + ": is missing");
    }
  }

  private static void copy(Path backup, Manifest manifest, Path draft) throws IOException {
    for (Entry entry : manifest.entries()) {
      Path file = draft.resolve(entry.path());
      Files.createDirectories(file.resolveSibling(""));
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        String digest = Digest.copy(backup.resolve(entry.stored()), out);
        channel.force(true);
        if (!digest.equals(entry.sha256())) {
          throw new IOException(backup.resolve(entry.stored()) + " changed while it was copied");
        }
      }
    }
    try (Stream<Path> folders = Files.walk(draft)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        Disk.sync(folder);
      }
    }
  }

  private static Path putAside(Path data, Instant now) throws IOException {
    String stamp = now.toString().replaceAll("[-:]|\\.\\d+", "");
    Path aside = data.resolveSibling(data.getFileName() + ".replaced-" + stamp);
    Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE);
    return aside;
  }

  private static void exchange(Path draft, Path data, Optional<Path> aside) throws IOException {
    try {
      Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (aside.isPresent()) {
        Files.move(aside.get(), data, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
  }

  private static boolean holdsSomething(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  private static void delete(Path draft) throws IOException {
    if (Files.exists(draft)) {
      try (Stream<Path> files = Files.walk(draft)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
