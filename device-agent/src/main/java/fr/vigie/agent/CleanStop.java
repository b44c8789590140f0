package fr.vigie.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Knows whether the agent's last run ended in order. A file stands while the agent runs; one that
 * stands at the start was left by a run that was cut.
 */
final class CleanStop {
  private final Path file;

  CleanStop(Path folder) {
    this.file = folder.resolve("running");
  }

  /** Whether the last run was cut. */
  boolean wasCut() {
    return Files.exists(file);
  }

  /** When the agent last wrote anything here, which is the last that is known of its last run. */
  Instant lastSeen() throws IOException {
    FileTime newest = Files.getLastModifiedTime(file);
    try (Stream<Path> files = Files.walk(file.toAbsolutePath().getParent(), 2)) {
      for (Path written : files.filter(Files::isRegularFile).toList()) {
        FileTime time = Files.getLastModifiedTime(written);
        newest = time.compareTo(newest) > 0 ? time : newest;
      }
    }
    return newest.toInstant();
  }

  void started() throws IOException {
    Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
    force();
  }

  void stopped() throws IOException {
    Files.deleteIfExists(file);
    force();
  }

  private void force() throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
