package fr.vigie.server;

import fr.vigie.server.settings.ConfigurationMistakes;
import fr.vigie.server.settings.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder of everything that the server keeps; one server at a time has it. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * @throws ConfigurationMistakes when another server has it
   */
  static DataFolder take(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new ConfigurationMistakes(
            List.of(
                new Mistake(
                    "settings",
                    "vigie.data",
                    path.toString(),
                    "a folder that no other running server has, see its server.json")));
      }
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether no running server has the folder. */
  static boolean isFree(Path path) throws IOException {
    Path file = path.resolve("lock");
    if (!Files.exists(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock(channel) != null;
    }
  }

  Path path() {
    return path;
  }

  /** Tells other programs where to find this server; whole or not at all. */
  void announce(String http, URI mqtt) throws IOException {
    String json =
        String.format(
            "{\"http\": \"%s\", \"mqtt\": \"%s\", \"pid\": %d}%n",
            http, mqtt, ProcessHandle.current().pid());
    Path draft = path.resolve("server.json.draft");
    Files.writeString(draft, json);
    Files.move(
        draft,
        path.resolve("server.json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path.resolve("server.json"));
    channel.close();
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
