package fr.vigie.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Merges the contributions of a cluster. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Merges the contributions of a cluster and a month into one table that shows no company."
    },
    footer = {
      "",
      "Example:",
      "  vigie-server merge --data /var/lib/vigie --month 2026-10 --to table.json october/*.json",
      "",
      "The server must be running: it remembers what it merged, and refuses what would tell one",
      "company by comparison. Exit codes: 0 merged, 1 refused or failed, 78 wrong usage."
    })
final class MergeCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "data",
      description = "Data folder of the running server (./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      required = true,
      description = "Such as 2026-10.")
  private String month = "";

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The table to write, which may be published.")
  private Path to = Path.of("");

  @Parameters(arity = "1..*", paramLabel = "FILES", description = "The contributions.")
  private List<Path> files = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path file : files) {
      texts.put(file.toString(), Files.readString(file));
    }
    String answer =
        RunningServer.of(data)
            .post("/api/v1/benchmark/merge", Map.of("month", month, "files", texts));
    JsonNode merged = JSON.readTree(answer);
    Files.writeString(to, JSON.writeValueAsString(merged.path("table")) + System.lineSeparator());
    out.printf("%s: %d contributions%n", to, files.size());
    for (JsonNode cell : merged.path("table").path("cells")) {
      if (!cell.path("hidden").asBoolean()) {
        out.printf(
            "%-6s %-14s %4d %%  (%d)%n",
            cell.path("sector").asString(),
            cell.path("measure").asString(),
            cell.path("percent").asLong(),
            cell.path("companies").asInt());
      }
    }
    for (JsonNode cell : merged.path("hidden")) {
      out.printf(
          "%-6s %-14s    –    %s%n",
          cell.path("sector").asString(),
          cell.path("measure").asString(),
          cell.path("why").asString());
    }
    return 0;
  }
}
