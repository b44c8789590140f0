package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The logs of the NIST test bed, against a count that knows nothing of the driver. The Hurco logs
 * hold a few lines that were broken in two before a number that begins with 2017: each gives an
 * empty value and a line without a key, and both are to be refused.
 */
class RealLogsTest {
  private static final Path DATA = Path.of("../../shared/data/nist-sms-testbed");

  @Test
  void everyLineOfTheMazakLogsIsRead() throws IOException {
    List<Path> logs = logs("raw/Mazak03-2016-05", "Mazak");
    assertThat(logs).hasSizeGreaterThanOrEqualTo(10);
    for (Path log : logs) {
      check(log);
    }
  }

  @Test
  void everyLineOfTheMazakSnapshotIsRead() throws IOException {
    for (Path log : logs("raw", "Mazak")) {
      check(log);
    }
  }

  @Test
  void everyLineOfTheHurcoLogsIsRead() throws IOException {
    List<Path> logs = logs("hurco", "");
    assertThat(logs).hasSizeGreaterThanOrEqualTo(20);
    for (Path log : logs) {
      check(log);
    }
  }

  private static List<Path> logs(String folder, String start) throws IOException {
    assumeTrue(Files.isDirectory(DATA), "needs the NIST logs in " + DATA.toAbsolutePath());
    try (Stream<Path> files = Files.list(DATA.resolve(folder))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .filter(file -> file.toString().endsWith(".txt.gz"))
          .sorted()
          .toList();
    }
  }

  private static void check(Path log) throws IOException {
    byte[] bytes;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(log))) {
      bytes = in.readAllBytes();
    }
    Set<String> texts = new HashSet<>();
    Set<String> keys = new HashSet<>();
    Set<String> conditions = new HashSet<>();
    Map<String, String> last = new HashMap<>();
    int unavailable = 0;
    List<String> lines =
        new String(bytes, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
    List<String[]> said = new ArrayList<>();
    int broken = 0;
    for (String line : lines) {
      String[] parts = line.split("\\|", -1);
      if (log.toString().contains("Mazak") && parts.length == 7) {
        conditions.add(parts[1]);
        said.add(new String[] {parts[0], parts[1], parts[2]});
        continue;
      }
      if (parts.length == 1) {
        broken++;
        continue;
      }
      assertThat(parts.length % 2).as(line).isEqualTo(1);
      for (int i = 1; i < parts.length; i += 2) {
        if (parts[i + 1].isEmpty() && !log.toString().contains("Mazak")) {
          broken++;
        } else {
          said.add(new String[] {parts[0], parts[i], parts[i + 1]});
        }
      }
    }
    for (String[] pair : said) {
      keys.add(pair[1]);
      if (!pair[2].equals("UNAVAILABLE") && !pair[2].matches("[-+]?[0-9.]+([eE][-+]?\\d+)?")) {
        texts.add(pair[1]);
      }
      last.put(pair[1], pair[0] + ' ' + pair[2]);
    }
    SerialLines config = SerialLines.shdr(conditions.toArray(String[]::new));
    for (String key : keys) {
      if (texts.contains(key)) {
        config.state(key);
      } else {
        config.gauge(key);
      }
    }
    for (String[] pair : said) {
      unavailable += pair[2].equals("UNAVAILABLE") && !texts.contains(pair[1]) ? 1 : 0;
    }

    Bench bench = config.read(pieces(bytes));

    assertThat(bench.counters.rejected())
        .as(log + ": " + bench.counters.lastRejection())
        .isEqualTo(broken);
    assertThat(bench.counters.ignored()).isZero();
    assertThat(bench.counters.read()).isEqualTo(lines.size());
    assertThat(bench.samples).hasSameSizeAs(said);
    assertThat(bench.samples.stream().filter(s -> s.quality() == Quality.MISSING).count())
        .isEqualTo(unavailable);
    Map<String, Integer> lastSample = new HashMap<>();
    for (int i = 0; i < bench.signals.size(); i++) {
      lastSample.put(bench.signals.get(i).name(), i);
    }
    lastSample.forEach(
        (name, index) -> {
          String[] words = String.valueOf(last.get(name)).split(" ", 2);
          Value value = bench.samples.get(index).value();
          assertThat(bench.samples.get(index).time()).isEqualTo(Instant.parse(words[0]));
          if (value instanceof Value.Number number) {
            assertThat(number.number()).isEqualTo(Double.parseDouble(words[1]));
          } else if (value instanceof Value.Text text) {
            assertThat(text.text()).isEqualTo(words[1]);
          } else {
            assertThat(words[1]).isEqualTo("UNAVAILABLE");
          }
        });
  }

  /** As a pseudo-terminal gives it: pieces that do not end where lines end. */
  private static MemoryPort pieces(byte[] bytes) throws IOException {
    MemoryPort port = new MemoryPort();
    InputStream in = new ByteArrayInputStream(bytes);
    for (byte[] piece = in.readNBytes(4095); piece.length > 0; piece = in.readNBytes(4095)) {
      port.give(piece);
    }
    return port.give("\n");
  }
}
