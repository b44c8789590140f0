package fr.vigie.agent;

import fr.vigie.agent.health.StatusText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a running agent last said of itself. */
@Command(
    name = "status",
    description = "Prints how the agent that uses a data folder does.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  agent status --data /var/lib/vigie",
      "  agent status --data /run/vigie --json      for programs",
      "",
      "Exit codes: 0 all is well, 1 something needs attention, 2 no agent is running, 64 wrong usage."
    })
final class StatusCommand implements Callable<Integer> {
  private static final int ATTENTION = 1;
  private static final int NOT_RUNNING = 2;
  private static final Duration FRESH = Duration.ofSeconds(15);

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      required = true,
      description = "the agent's data folder, or its runtime folder under systemd (/run/vigie)")
  private Path data = Path.of(".");

  @Option(names = "--json", description = "as JSON, see docs/reference/agent-status.md")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Path file = data.resolve("status.json");
    try {
      StatusText status = StatusText.read(file);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? Files.readString(file) + '\n' : status.toString());
      out.flush();
      Duration age =
          Duration.between(
              Files.getLastModifiedTime(file).toInstant(), InstantSource.system().instant());
      if (age.compareTo(FRESH) > 0) {
        err.printf("this is %d s old: the agent is not running, or is stuck%n", age.toSeconds());
        return NOT_RUNNING;
      }
      return status.attention().isEmpty() ? 0 : ATTENTION;
    } catch (NoSuchFileException e) {
      err.println("no status at " + file + ": is the agent running, and is this its data folder?");
      return NOT_RUNNING;
    }
  }
}
