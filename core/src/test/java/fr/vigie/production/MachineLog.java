package fr.vigie.production;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A real log of a machine tool from NIST's test bed: {@code time|key|value|key|value…}. */
record MachineLog(List<String[]> lines) {
  static final Path TEST_BED = Path.of("..", "..", "shared", "data", "nist-sms-testbed");

  /** Skips the test, saying so, when the file is not on this machine. */
  static MachineLog read(String file) {
    Path path = present(file);
    List<String[]> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
      reader.lines().map(line -> line.split("\\|", -1)).forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MachineLog(lines);
  }

  /** The rows of a table without its header. */
  static List<String[]> table(String file) {
    try {
      return Files.readAllLines(present(file)).stream()
          .skip(1)
          .map(line -> line.split(",", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path present(String file) {
    Path path = TEST_BED.resolve(file);
    assumeTrue(Files.exists(path), () -> "SKIPPED: no real machine log at " + path.normalize());
    return path;
  }

  /** From the first line to the last. */
  Span span() {
    return new Span(time(lines.get(0)), time(lines.get(lines.size() - 1)));
  }

  Column texts(String key) {
    Column.Builder builder = Column.texts();
    forEach(key, (time, value) -> builder.add(time, value, Quality.GOOD));
    return builder.build();
  }

  Column numbers(String key) {
    Column.Builder builder = Column.numbers();
    forEach(key, (time, value) -> builder.add(time, Double.parseDouble(value), Quality.GOOD));
    return builder.build();
  }

  private interface Use {
    void sample(long time, String value);
  }

  private void forEach(String key, Use use) {
    for (String[] line : lines) {
      for (int i = 1; i + 1 < line.length; i += 2) {
        if (line[i].equals(key)) {
          use.sample(Nanos.of(time(line)), line[i + 1]);
        }
      }
    }
  }

  private static Instant time(String[] line) {
    return Instant.parse(line[0]);
  }
}
