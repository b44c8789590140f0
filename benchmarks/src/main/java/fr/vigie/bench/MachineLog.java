package fr.vigie.bench;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Part;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Logs of a real machine tool, stored on change: lines of {@code time|key|value}. */
final class MachineLog {
  private static final int LINES_OF_A_BATCH = 200;
  private static final Source SOURCE = new Source("nist", "mazak");

  private final Map<String, Boolean> texts = new TreeMap<>();
  private final List<String[]> lines = new ArrayList<>();

  /** Reads every file of a folder, in the order of their names. */
  static MachineLog read(Path folder) throws IOException {
    MachineLog log = new MachineLog();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        log.add(file);
      }
    }
    return log;
  }

  int signals() {
    return texts.size();
  }

  int samples() {
    return lines.size();
  }

  long seconds() {
    return Instant.parse(lines.get(lines.size() - 1)[0]).getEpochSecond()
        - Instant.parse(lines.get(0)[0]).getEpochSecond();
  }

  List<IncomingBatch> batches() {
    List<IncomingBatch> batches = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += LINES_OF_A_BATCH) {
      int to = Math.min(lines.size(), from + LINES_OF_A_BATCH);
      Map<String, Column.Builder> columns = new TreeMap<>();
      for (String[] line : lines.subList(from, to)) {
        boolean text = texts.getOrDefault(line[1], true);
        Column.Builder column =
            columns.computeIfAbsent(line[1], key -> text ? Column.texts() : Column.numbers());
        long nanos = Nanos.of(Instant.parse(line[0]));
        if (line[2].equals("UNAVAILABLE")) {
          column.addMissing(nanos);
        } else if (text) {
          column.add(nanos, line[2], Quality.GOOD);
        } else {
          column.add(nanos, Double.parseDouble(line[2]), Quality.GOOD);
        }
      }
      List<Part> parts = new ArrayList<>();
      columns.forEach(
          (key, column) -> parts.add(new Part(new Series("nist", "mazak", key), column.build())));
      batches.add(new IncomingBatch(SOURCE, 1, batches.size() + 1, 0, parts, List.of()));
    }
    return batches;
  }

  private void add(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] fields = line.split("\\|", 3);
        if (fields.length == 3 && fields[1].matches("[A-Za-z0-9][\\w.-]*") && isTime(fields[0])) {
          lines.add(fields);
          boolean text = !fields[2].equals("UNAVAILABLE") && !isNumber(fields[2]);
          texts.merge(fields[1], text, Boolean::logicalOr);
        }
      }
    }
  }

  private static boolean isTime(String field) {
    try {
      return Instant.parse(field).isAfter(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isNumber(String field) {
    return field.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  }
}
