package fr.vigie.example.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real logs through real processes, against what was published or counted by others. */
class ReplayIT {
  private static final Path DATA = Path.of("../../shared/data/nist-sms-testbed");
  private static final JsonMapper JSON = new JsonMapper();
  private static final double ROUNDING = 0.0011;

  @TempDir Path folder;

  @BeforeEach
  void logsMustBeThere() {
    assumeTrue(
        Files.isDirectory(DATA),
        () -> "the NIST logs are not at " + DATA.toAbsolutePath().normalize());
  }

  @Test
  @Timeout(600)
  void statesOfTheLatheAreThoseOfItsLogs() throws IOException {
    Map<String, Map<String, Double>> expected = expectedStates();
    List<Path> logs =
        List.of(
            DATA.resolve("raw/Mazak03-2016-05/Mazak03-20160505-20160506.txt.gz"),
            DATA.resolve("raw/Mazak03-2016-05/Mazak03-20160507-20160508.txt.gz"),
            DATA.resolve("raw/Mazak03-2016-05/Mazak03-20160513-20160514.txt.gz"));
    Map<String, JsonNode> answers = replay("mazak-quickturn.yaml", logs);
    assertThat(answers).hasSize(logs.size());
    answers.forEach(
        (log, answer) -> {
          Map<String, Double> states = new TreeMap<>();
          answer
              .path("states")
              .properties()
              .forEach(state -> states.put(state.getKey(), state.getValue().asDouble()));
          expected
              .get(log.replace(".gz", ""))
              .forEach(
                  (state, seconds) ->
                      assertThat(states.getOrDefault(state, 0.0))
                          .as("%s %s", log, state)
                          .isCloseTo(seconds, within(ROUNDING)));
        });
  }

  @Test
  @Timeout(600)
  void cyclesAndPartsOfTheMillAreThoseOfItsLogs() throws IOException, InterruptedException {
    List<Path> logs =
        List.of(
            DATA.resolve("hurco/2-1-2017-Hurco04-Clean.txt.gz"),
            DATA.resolve("hurco/Cover-Hurco04-01of20.txt.gz"),
            DATA.resolve("hurco/Plate-Hurco04-03of20.txt.gz"));
    Path kept = Path.of("").toAbsolutePath().relativize(folder.resolve("kept"));
    Map<String, JsonNode> answers = replay("hurco-mill.yaml", logs, "--keep", kept.toString());
    assertThat(diagnosedParts(kept.resolve("server"))).isEqualTo(10);
    JsonNode shift = answers.get("2-1-2017-Hurco04-Clean.txt.gz");
    assertThat(shift.path("parts").asLong()).isEqualTo(10);
    Map.of(
            "READY", 6092.938,
            "ACTIVE", 10472.875,
            "FEED_HOLD", 26.0,
            "PROGRAM_COMPLETED", 6370.75,
            "PROGRAM_STOPPED", 4465.828,
            "STOPPED", 962.828)
        .forEach(
            (state, seconds) ->
                assertThat(shift.path("states").path(state).asDouble())
                    .as(state)
                    .isCloseTo(seconds, within(ROUNDING)));
    for (String log : List.of("Cover-Hurco04-01", "Plate-Hurco04-03")) {
      assertThat(cycles(answers.get(log + "of20.txt.gz"))).as(log).isEqualTo(expectedCycles(log));
    }
  }

  /** What {@code vigie diagnose} says of the whole first day, of the folder that was kept. */
  private long diagnosedParts(Path server) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    try (Home home = Home.find()) {
      Child diagnosis =
          home.server(
              List.of(
                  "diagnose",
                  "--data",
                  server.toString(),
                  "--machine",
                  "2-1-2017-Hurco04-Clean",
                  "--from",
                  "2017-02-01T12:18:02Z",
                  "--to",
                  "2017-02-01T20:12:00Z",
                  "--json"),
              said);
      assertThat(diagnosis.awaitEnd(Duration.ofMinutes(2))).hasValue(0);
    }
    return JSON.readTree(Files.readString(said)).at("/figures/parts").asLong();
  }

  private static Map<String, JsonNode> replay(String machine, List<Path> logs, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--machine", "machines/" + machine));
    arguments.addAll(List.of(more));
    logs.forEach(log -> arguments.add(log.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new ReplayCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(new String[0]));
    assertThat(code).as(err.toString()).isZero();
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    out.toString()
        .lines()
        .map(JSON::readTree)
        .forEach(answer -> answers.put(answer.path("log").asString(""), answer));
    return answers;
  }

  private static List<String> cycles(JsonNode answer) {
    List<String> cycles = new ArrayList<>();
    for (JsonNode cycle : answer.path("cycles")) {
      cycles.add(
          cycle(
              Instant.parse(cycle.path("start").asString("")),
              Instant.parse(cycle.path("end").asString("")),
              cycle.path("seconds").asDouble()));
    }
    return cycles;
  }

  private static List<String> expectedCycles(String log) throws IOException {
    return Files.readAllLines(DATA.resolve("hurco/expected_cycles.csv")).stream()
        .map(line -> line.split(",", -1))
        .filter(fields -> fields[0].equals(log))
        .map(
            fields ->
                cycle(
                    Instant.parse(fields[2] + "Z"),
                    Instant.parse(fields[3] + "Z"),
                    Double.parseDouble(fields[4])))
        .toList();
  }

  /** To the microsecond, the precision of the expected file. */
  private static String cycle(Instant start, Instant end, double seconds) {
    return start.truncatedTo(java.time.temporal.ChronoUnit.MICROS)
        + " to "
        + end.truncatedTo(java.time.temporal.ChronoUnit.MICROS)
        + String.format(", %.3f s", seconds);
  }

  private static Map<String, Map<String, Double>> expectedStates() throws IOException {
    List<String> lines = Files.readAllLines(DATA.resolve("expected_states.csv"));
    String[] header = lines.get(0).split(",");
    Map<String, Map<String, Double>> expected = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      Map<String, Double> states = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        if (header[i].startsWith("s_") && !header[i].contains("plus")) {
          states.put(header[i].substring(2), Double.parseDouble(fields[i]));
        }
      }
      expected.put(fields[0], states);
    }
    return expected;
  }
}
