package fr.vigie.server.backup;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a backup holds, in its file {@code manifest}: lines of text, the last with the digest of all
 * before it.
 *
 * @param made when the backup was begun, by the clock of the machine that made it
 * @param version of the program that made it
 * @param generation of the store that it is a copy of
 */
record Manifest(Instant made, String version, String generation, List<Entry> entries) {
  static final String NAME = "manifest";
  private static final int FORMAT = 1;
  private static final String FIRST = "vigie-backup ";
  private static final String LAST = "end ";

  Manifest {
    entries = List.copyOf(entries);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    text.append(FIRST).append(FORMAT).append('\n');
    text.append("made ").append(made).append('\n');
    text.append("version ").append(version).append('\n');
    text.append("generation ").append(generation).append('\n');
    entries.forEach(entry -> text.append(entry.toLine()).append('\n'));
    String digest = Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    return text.append(LAST)
        .append(digest)
        .append('\n')
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The manifest of a backup, empty when the folder has none.
   *
   * @throws IOException when it is damaged or of a newer format
   */
  static Optional<Manifest> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    try {
      return Optional.of(parse(file, Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw damaged(file, "it is not text");
    }
  }

  private static Manifest parse(Path file, String text) throws IOException {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).startsWith(FIRST)) {
      throw damaged(file, "it does not begin as one");
    }
    String format = lines.get(0).substring(FIRST.length());
    if (format.matches("[0-9]{1,9}") && Integer.parseInt(format) > FORMAT) {
      throw new IOException(
          file
              + " was made by a newer version (format "
              + format
              + ", this one knows "
              + FORMAT
              + "): use that version");
    }
    int end = text.lastIndexOf('\n' + LAST) + 1;
    byte[] before = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
    if (lines.size() < 5 || !text.substring(end).equals(LAST + Digest.of(before) + '\n')) {
      throw damaged(file, "its own digest does not match");
    }
    try {
      List<Entry> entries = new ArrayList<>();
      lines.subList(4, lines.size() - 1).forEach(line -> entries.add(Entry.of(line)));
      return new Manifest(
          Instant.parse(word(lines.get(1), "made")),
          word(lines.get(2), "version"),
          word(lines.get(3), "generation"),
          entries);
    } catch (RuntimeException e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static String word(String line, String key) {
    if (!line.startsWith(key + ' ')) {
      throw new IllegalArgumentException("found '" + line + "', wanted " + key);
    }
    return line.substring(key.length() + 1);
  }

  private static IOException damaged(Path file, String why) {
    return new IOException(file + " is damaged or no manifest of a backup: " + why);
  }
}
