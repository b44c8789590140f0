package fr.vigie.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Public logs of machines come back bit for bit, and small. */
class RealDataTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final int CHUNK = 4096;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  @Test
  void machineTemperatureComesBack() throws IOException, ColumnException {
    Column.Builder column = Column.numbers();
    for (String line : lines("nab-machine-temperature/machine_temperature_system_failure.csv")) {
      String[] cells = line.split(",");
      column.add(
          nanos(cells[0], "yyyy-MM-dd HH:mm:ss"), Double.parseDouble(cells[1]), Quality.GOOD);
    }
    assertThat(bytesPerSample("NAB machine temperature", List.of(column.build()))).isLessThan(6);
  }

  @Test
  void energyMeterComesBack() throws IOException, ColumnException {
    List<Column.Builder> columns = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      columns.add(Column.numbers());
    }
    for (String line : lines("steel-energy/Steel_industry_data.csv.gz")) {
      String[] cells = line.split(",");
      long time = nanos(cells[0], "dd-MM-yyyy HH:mm");
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).add(time, Double.parseDouble(cells[i + 1]), Quality.GOOD);
      }
    }
    assertThat(
            bytesPerSample(
                "steel energy, 7 registers", columns.stream().map(Column.Builder::build).toList()))
        .isLessThan(1.2);
  }

  @Test
  void accelerometerComesBack() throws IOException, ColumnException {
    Column.Builder column = Column.numbers();
    long time = 0;
    for (String line : lines("uci-fan-accelerometer/accelerometer.csv.gz")) {
      column.add(time += 20_000_000, Double.parseDouble(line.split(",")[2]), Quality.GOOD);
    }
    assertThat(bytesPerSample("UCI accelerometer, x", List.of(column.build()))).isLessThan(1.6);
  }

  @Test
  void machineToolLogComesBack() throws IOException, ColumnException {
    Map<String, Column.Builder> columns = new TreeMap<>();
    Path folder = DATA.resolve("nist-sms-testbed/raw/Mazak03-2016-05");
    assumeTrue(Files.isDirectory(folder), "no machine logs at " + folder.toAbsolutePath());
    List<Path> days;
    try (var files = Files.list(folder)) {
      days = files.filter(file -> Files.isRegularFile(file)).sorted().toList();
    }
    for (Path day : days) {
      for (String line : lines("nist-sms-testbed/raw/Mazak03-2016-05/" + day.getFileName())) {
        log(columns, line);
      }
    }
    Collection<Column> built = columns.values().stream().map(Column.Builder::build).toList();
    bytesPerSample("NIST Mazak log, on change", built);
    double readings = built.size() * days.size() * 86_400.0;
    double perReading = size(built) / readings;
    System.out.printf("%-34s %.4f bytes a 1 Hz reading%n", "the same", perReading);
    assertThat(perReading).isLessThan(0.06);
  }

  /** Numbers and texts of one key stay apart, as two signals would. */
  private static void log(Map<String, Column.Builder> columns, String line) {
    String[] cells = line.split("\\|", 3);
    if (cells.length < 3) {
      return;
    }
    long time = Nanos.of(Instant.parse(cells[0]));
    boolean number = NUMBER.matcher(cells[2]).matches();
    Column.Builder column =
        columns.computeIfAbsent(
            cells[1] + (number ? "" : " text"), key -> number ? Column.numbers() : Column.texts());
    if (number) {
      column.add(time, Double.parseDouble(cells[2]), Quality.GOOD);
    } else {
      column.add(time, cells[2], Quality.GOOD);
    }
  }

  private static long size(Collection<Column> columns) throws ColumnException {
    long size = 0;
    for (Column column : columns) {
      for (int at = 0; at < column.size(); at += CHUNK) {
        Column chunk =
            Column.of(column.isText(), column.subList(at, Math.min(column.size(), at + CHUNK)));
        byte[] bytes = ColumnCodec.encode(chunk);
        assertThat(ColumnCodec.decode(bytes).equals(chunk)).isTrue();
        size += bytes.length;
      }
    }
    return size;
  }

  private static double bytesPerSample(String name, Collection<Column> columns)
      throws ColumnException {
    long samples = columns.stream().mapToLong(Column::size).sum();
    double bytes = size(columns) / (double) samples;
    System.out.printf("%-34s %.3f bytes a sample of %d%n", name, bytes, samples);
    return bytes;
  }

  private static long nanos(String text, String pattern) {
    LocalDateTime time = LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern));
    return Nanos.of(time.toInstant(ZoneOffset.UTC));
  }

  /** The lines of a file without its heading; the test is skipped when there is no such file. */
  private static List<String> lines(String name) throws IOException {
    Path file = DATA.resolve(name);
    assumeTrue(Files.isRegularFile(file), "no machine data at " + file.toAbsolutePath());
    try (InputStream in = Files.newInputStream(file);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
      List<String> lines = reader.lines().toList();
      return name.contains(".csv") ? lines.subList(1, lines.size()) : lines;
    }
  }
}
