package fr.vigie.energy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A year of a steel mill in quarters of an hour: "Steel Industry Energy Consumption", UCI Machine
 * Learning Repository, Sathishkumar V E and others, 2021. Rows are stamped at their end; the last
 * of a day with the day's own date and 00:00.
 */
final class SteelMill {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  static final MeterRule.Intervals RULE =
      new MeterRule.Intervals(
          1, 10_000, Duration.ofMinutes(15), MeterRule.Stamp.END, Optional.of(SEOUL));

  private static final Path FILE =
      Path.of("..", "..", "shared", "data", "steel-energy", "Steel_industry_data.csv.gz");
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm");

  /** One row, its stamp as it stands there. */
  record Row(LocalDateTime stamp, double kilowattHours, String week, String load) {}

  private SteelMill() {}

  static List<Row> rows() throws IOException {
    assumeTrue(Files.exists(FILE), "the steel mill's data is not here");
    List<Row> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split(",", -1);
        rows.add(
            new Row(
                LocalDateTime.parse(cells[0], STAMP),
                Double.parseDouble(cells[1]),
                cells[8],
                cells[10]));
      }
    }
    return rows;
  }

  static Column column(List<Row> rows) {
    Column.Builder column = Column.sized(false, rows.size());
    for (Row row : rows) {
      column.add(
          Nanos.of(row.stamp().atZone(SEOUL).toInstant()), row.kilowattHours(), Quality.GOOD);
    }
    return column.build();
  }
}
