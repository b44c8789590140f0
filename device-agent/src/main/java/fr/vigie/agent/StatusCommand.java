package fr.vigie.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a running agent last said of itself. */
@Command(
    name = "status",
    description = "Prints the state of the agent that uses a data folder, as JSON.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      required = true,
      description = "the agent's data folder, or its runtime folder under systemd (/run/vigie)")
  private Path data = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path file = data.resolve("status.json");
    try {
      spec.commandLine().getOut().println(Files.readString(file));
      return 0;
    } catch (NoSuchFileException e) {
      spec.commandLine()
          .getErr()
          .println("no status at " + file + ": is the agent running, and is this its data folder?");
      return 1;
    }
  }
}
