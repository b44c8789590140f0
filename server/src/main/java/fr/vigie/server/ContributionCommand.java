package fr.vigie.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes this company's contribution to a comparison. */
@Command(
    name = "contribution",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Writes this company's contribution of a month: one signed file of sums, without any name."
    },
    footer = {
      "",
      "Example:",
      "  vigie-server contribution --data /var/lib/vigie --month 2026-10 --to october.json",
      "",
      "The server must be running. Exit codes: 0 written, 1 refused or failed, 78 wrong usage."
    })
final class ContributionCommand implements Callable<Integer> {
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
      description = "The file to write; must not be there.")
  private Path to = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (Files.exists(to)) {
      throw new IOException(to + " is there already");
    }
    String text =
        RunningServer.of(data)
            .get("/api/v1/benchmark/contribution?month=" + month.replaceAll("[^0-9-]", "x"));
    Files.writeString(to, text);
    out.printf("%s is all that leaves this company:%n%s", to, text);
    out.flush();
    return 0;
  }
}
