package fr.vigie.server;

import static fr.vigie.server.store.Batches.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The diagnosis as a command, asked of a server that runs and of a folder at rest. */
class DiagnoseIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");
  private static final String[] HOUR = {
    "--from", "2026-11-23T06:00:00Z", "--to", "2026-11-23T07:00:00Z"
  };
  private static final String PRESS =
      """
      {"label": "Presse 80 t", "state": {"signal": "state",
       "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
       "parts": {"counter": "parts"}, "reference-cycle": "60s", "shifts": "none"}
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void folderAtRestSaysWhatItsServerSaid() throws Exception {
    Path data = folder.resolve("data");
    fill(data);
    String asked;
    try (ServerProcess server =
        new ServerProcess(
            folder.resolve("log"), "--data", data.toString(), "--port", "0", "--mqtt-port", "0")) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(data.resolve("server.json")));
      URI http =
          URI.create(
              JSON.readTree(Files.readString(data.resolve("server.json"))).at("/http").asString());
      assertThat(put(http.resolve("/api/v1/machines/press"), PRESS)).isEqualTo(201);
      assertThat(diagnose(data, HOUR)).as(text(err)).isZero();
      asked = text(out);
      assertThat(run("diagnose", "--data", data.toString(), "--machine", "none")).isEqualTo(78);
      assertThat(text(err)).contains("none");
      err.reset();
      assertThat(run("diagnose", "--data", data.toString(), "--machine", "a b/..")).isEqualTo(78);
      assertThat(text(err)).contains("« a b/.. »").hasLineCount(1);
      server.terminate();
      server.exitCode();
    }
    JsonNode read = read(data);

    assertThat(read).isEqualTo(JSON.readTree(asked));
    assertThat(read.at("/figures/TRS/ratio").asDouble()).isEqualTo(0.5);
    assertThat(read.at("/figures/DO/ratio").asDouble()).isEqualTo(0.75);
    assertThat(read.at("/label").asString()).isEqualTo("Presse 80 t");
  }

  @Test
  void whatCannotBeAnsweredIsSaidInOneLine() throws IOException {
    Path data = folder.resolve("data");
    fill(data);

    assertThat(run("diagnose", "--data", data.toString(), "--machine", "none")).isEqualTo(78);
    assertThat(text(err)).contains("Aucune machine").hasLineCount(1);
    err.reset();
    assertThat(run("diagnose", "--data", data.toString(), "--machine", "x", "--from", "soon"))
        .isEqualTo(78);
    assertThat(text(err)).hasLineCount(1);
    err.reset();
    assertThat(run("diagnose", "--data", data.toString(), "--machine", "x", "--language", "de"))
        .isEqualTo(78);
    assertThat(text(err)).contains("found 'de', wanted fr or en").hasLineCount(1);
    err.reset();
    assertThat(run("diagnose", "--data", folder.resolve("none").toString(), "--machine", "x"))
        .isEqualTo(78);
    assertThat(text(err)).contains("wanted the data folder of a server").hasLineCount(1);
  }

  private JsonNode read(Path data) {
    out.reset();
    assertThat(diagnose(data, HOUR)).as(text(err)).isZero();
    JsonNode read = JSON.readTree(text(out));
    out.reset();
    assertThat(
            run(
                "diagnose",
                "--data",
                data.toString(),
                "--machine",
                "press",
                HOUR[0],
                HOUR[1],
                HOUR[2],
                HOUR[3]))
        .isZero();
    assertThat(text(out)).contains("Presse 80 t").contains("50,0 %");
    out.reset();
    String before = "2026-11-23T05:00:00Z";
    String after = "2026-11-23T08:00:00Z";
    String[] command = {"diagnose", "--data", data.toString(), "--machine", "press"};
    assertThat(run(concat(command, "--from", before, "--to", after))).isZero();
    assertThat(text(out))
        .contains("la machine ne disait rien (state)")
        .containsPattern("aucun agent en ligne et à jour  ")
        .doesNotContain("{");
    return read;
  }

  private static String[] concat(String[] some, String... others) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(String[]::new);
  }

  private static void fill(Path data) throws IOException {
    List<Sample> parts = new ArrayList<>();
    for (int i = 0; i <= 30; i++) {
      parts.add(Sample.good(START.plusSeconds(i * 119L), 100 + i));
    }
    Series state = new Series("site", "press", "state");
    try (SqliteStore store =
        SqliteStore.open(
            data.resolve("store"), SqliteStore.Settings.DEFAULT, InstantSource.system())) {
      store.write(
          List.of(
              batch()
                  .texts(
                      state,
                      Sample.good(START, "ACTIVE"),
                      Sample.good(START.plusSeconds(900), "STOPPED"),
                      Sample.good(START.plusSeconds(1_800), "ACTIVE"),
                      Sample.good(START.plusSeconds(3_601), "ACTIVE"))
                  .numbers(new Series("site", "press", "parts"), parts.toArray(Sample[]::new))
                  .build()));
    }
  }

  private int diagnose(Path data, String... span) {
    List<String> arguments =
        new ArrayList<>(
            List.of("diagnose", "--json", "--data", data.toString(), "--machine", "press"));
    arguments.addAll(List.of(span));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return ServerMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static int put(URI address, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
