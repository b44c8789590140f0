package fr.vigie.agent;

import fr.vigie.outbox.Outbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an agent of its own of a copy of another one. */
@Command(
    name = "reset-identity",
    description = {
      "Makes an agent of its own of an installation that was copied from another:",
      "its epochs, waiting batches and marks are the other's, and are set aside.",
      "Nothing is deleted. The agent must be stopped. Give it a name of its own too,",
      "with agent: in its configuration."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  agent reset-identity --data /var/lib/vigie",
      "",
      "Exit codes: 0 done or nothing to do, 1 refused, 64 wrong usage."
    })
final class ResetIdentityCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final List<String> IDENTITY =
      List.of("outbox", "births", "epochs", "acknowledged", "running", "status.json");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      required = true,
      description = "the data folder of the copy")
  private Path data = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      List<Path> parts = parts();
      if (parts.isEmpty()) {
        out.printf("%s holds no identity: nothing to do.%n", data);
        return 0;
      }
      long waiting = waiting();
      Path aside = aside(parts);
      out.printf("Set aside in %s: %s.%n", aside, names(parts));
      out.printf(
          "%d batches waited there. They are the other agent's, which sends them itself.%n",
          waiting);
      out.println(
          "The next start draws epochs of its own. Give this agent a name of its own, too.");
      return 0;
    } catch (IOException e) {
      err.printf("the identity was not reset: %s%n", e.getMessage());
      return 1;
    }
  }

  private List<Path> parts() throws IOException {
    List<Path> parts = new ArrayList<>();
    if (!Files.isDirectory(data)) {
      throw new IOException(data + " is no folder");
    }
    for (String name : IDENTITY) {
      if (Files.exists(data.resolve(name))) {
        parts.add(data.resolve(name));
      }
    }
    return parts;
  }

  /** Also makes sure that no agent uses the folder. */
  private long waiting() throws IOException {
    Path outbox = data.resolve("outbox");
    if (!Files.isDirectory(outbox)) {
      return 0;
    }
    try (Outbox opened = Outbox.open(outbox, Outbox.Settings.defaults())) {
      return opened.records();
    }
  }

  private Path aside(List<Path> parts) throws IOException {
    Path aside = data.resolve("set-aside-" + STAMP.format(InstantSource.system().instant()));
    Files.createDirectory(aside);
    for (Path part : parts) {
      Files.move(part, aside.resolve(part.getFileName()));
    }
    return aside;
  }

  private static String names(List<Path> parts) {
    return String.join(", ", parts.stream().map(part -> part.getFileName().toString()).toList());
  }
}
