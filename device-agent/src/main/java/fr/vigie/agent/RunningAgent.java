package fr.vigie.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Whether an agent uses a data folder, by the kernel's list of locks: nothing there is opened, for
 * closing a file lets go of a lock that the same process has on it.
 */
final class RunningAgent {
  private static final Path LOCKS = Path.of("/proc/locks");

  private RunningAgent() {}

  /**
   * The process that holds the folder's outbox; empty when none does, or the system cannot tell.
   */
  static OptionalLong of(Path data) {
    Path lock = data.resolve("outbox").resolve("lock");
    try (Stream<String> locks = Files.lines(LOCKS)) {
      String inode = ":" + Files.getAttribute(lock, "unix:ino");
      return locks
          .map(line -> line.split("\\s+"))
          .filter(words -> words.length > 5 && words[5].endsWith(inode))
          .mapToLong(words -> Long.parseLong(words[4]))
          .findFirst();
    } catch (IOException | UnsupportedOperationException e) {
      return OptionalLong.empty();
    }
  }

  /** What to tell somebody who wants to use the devices beside it. */
  static String inTheWay(Path data, long pid) {
    return "an agent (process "
        + pid
        + ") runs with "
        + data
        + " and holds its devices. To see how it does: `agent status --data "
        + data
        + "` or `agent doctor`. To read the devices without it, stop it first: `systemctl stop"
        + " vigie-agent`, or `kill "
        + pid
        + "`";
  }
}
