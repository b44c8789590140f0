package fr.vigie.server.backup;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One file of a backup.
 *
 * @param path in the data folder, with slashes
 * @param bytes how long the copy is
 * @param sourceBytes how long the original was, {@code -1} when it was not all in one file
 * @param changed when the original had last changed
 */
record Entry(String path, String sha256, long bytes, long sourceBytes, Instant changed) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  /**
   * @throws IllegalArgumentException when the path leads anywhere but into the data folder
   */
  Entry {
    if (!SHA256.matcher(sha256).matches() || bytes < 0) {
      throw new IllegalArgumentException("found digest '" + sha256 + "' of " + bytes + " bytes");
    }
    if (!isPath(path)) {
      throw new IllegalArgumentException("found '" + path + "', wanted a path in a data folder");
    }
  }

  static boolean isPath(String path) {
    return PATH.matcher(path).matches();
  }

  /** The name of the copy; another content has another name, so that no copy is overwritten. */
  String stored() {
    return path + '.' + sha256.substring(0, 16);
  }

  String toLine() {
    return String.join(
        " ", sha256, Long.toString(bytes), Long.toString(sourceBytes), changed.toString(), path);
  }

  /**
   * @throws IllegalArgumentException or another runtime exception when it is no such line
   */
  static Entry of(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 5) {
      throw new IllegalArgumentException("found '" + line + "'");
    }
    return new Entry(
        words[4],
        words[0],
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Instant.parse(words[3]));
  }
}
