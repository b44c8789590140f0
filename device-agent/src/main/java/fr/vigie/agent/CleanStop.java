package fr.vigie.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Knows whether the agent's last run ended in order, and when. A file stands while the agent runs;
 * one that stands at the start was left by a run that was cut. A stop in order renames it.
 */
final class CleanStop {
  private final Path file;
  private final Path stopped;

  CleanStop(Path folder) {
    this.file = folder.resolve("running");
    this.stopped = folder.resolve("stopped");
  }

  /** Whether the last run was cut. */
  boolean wasCut() {
    return Files.exists(file);
  }

  /** When the last run ended, if it did so in order. */
  Optional<Instant> stoppedAt() throws IOException {
    return Files.exists(stopped)
        ? Optional.of(Files.getLastModifiedTime(stopped).toInstant())
        : Optional.empty();
  }

  /**
   * When the agent last wrote anything here, which is the last that is known of its last run; or of
   * an earlier one, if no run since has lived to tell of its end.
   */
  Instant lastSeen() throws IOException {
    String[] words = Files.readString(file).strip().split(" ");
    if (words.length == 2) {
      try {
        return Instant.parse(words[1]);
      } catch (DateTimeException e) {
        // Written by nobody of us; the times of the files say enough.
      }
    }
    FileTime newest = Files.getLastModifiedTime(file);
    try (Stream<Path> files = Files.walk(file.toAbsolutePath().getParent(), 2)) {
      for (Path written : files.filter(Files::isRegularFile).toList()) {
        FileTime time = Files.getLastModifiedTime(written);
        newest = time.compareTo(newest) > 0 ? time : newest;
      }
    }
    return newest.toInstant();
  }

  /**
   * @param cut when an earlier run was cut, as long as that has not been told
   */
  void started(Optional<Instant> cut) throws IOException {
    Files.writeString(
        file, ProcessHandle.current().pid() + cut.map(instant -> " " + instant).orElse(""));
    Files.deleteIfExists(stopped);
    force();
  }

  /**
   * @param at when reading ended
   */
  void stopped(Instant at) throws IOException {
    if (Files.exists(file)) {
      Files.setLastModifiedTime(file, FileTime.from(at));
      Files.move(file, stopped, StandardCopyOption.ATOMIC_MOVE);
    }
    force();
  }

  private void force() throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
