package fr.vigie.example.replay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * A log that was looked through.
 *
 * @param lines that are not blank
 * @param first the earliest time in it
 * @param last the latest time in it
 */
record RecordedLog(Path file, long lines, Instant first, Instant last) {
  private static final String WANTED =
      "wanted timestamp|key|value such as 2017-02-01T12:23:50.625Z|execution|ACTIVE";

  /**
   * Reads the whole log once.
   *
   * @throws IOException for people: the file, what is wrong and what was wanted
   */
  static RecordedLog scan(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    try (LogLines lines = new LogLines(file)) {
      long count = 0;
      String odd = "";
      Optional<Instant> first = Optional.empty();
      Optional<Instant> last = Optional.empty();
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        count++;
        Optional<Instant> time = time(line.get());
        if (time.isPresent()) {
          first = first.filter(known -> known.isBefore(time.get())).or(() -> time);
          last = last.filter(known -> known.isAfter(time.get())).or(() -> time);
        } else if (odd.isEmpty()) {
          odd = ":" + lines.number() + "  found '" + shortened(line.get()) + "', ";
        }
      }
      if (first.isEmpty() || last.isEmpty()) {
        throw new IOException(file + (count == 0 ? ": is empty, " : odd) + WANTED);
      }
      return new RecordedLog(file, count, first.get(), last.get());
    } catch (ZipException | EOFException e) {
      throw new IOException(file + ": not a whole gzip file: " + e.getMessage(), e);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      throw why.startsWith(file.toString()) ? e : new IOException(file + ": " + why, e);
    }
  }

  /** The time of a line, if the line is one of such a log. */
  static Optional<Instant> time(String line) {
    String[] fields = line.split("\\|", 4);
    if (fields.length < 3 || fields[1].isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(fields[0].strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String shortened(String line) {
    StringBuilder shown = new StringBuilder();
    line.chars().limit(80).forEach(c -> shown.append(c >= ' ' && c < 127 ? (char) c : '\u00b7'));
    return line.length() > 80 ? shown.append('…').toString() : shown.toString();
  }
}
