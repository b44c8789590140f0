package fr.vigie.server;

import fr.vigie.server.backup.Restore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts a backup back. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Puts a backup back, after checking every byte of it. The server must be stopped.",
      "Agents then send again what they still keep and the backup does not hold."
    },
    footer = {
      "",
      "Examples:",
      "  vigie-server restore --from /media/usb/vigie --data /var/lib/vigie",
      "  vigie-server restore --from /media/usb/vigie --data /var/lib/vigie --replace",
      "",
      "Exit codes: 0 done, 1 refused or failed (nothing has changed), 78 wrong usage."
    })
final class RestoreCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      required = true,
      description = "The folder of the backup.")
  private Path from = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "data",
      description = "The server's data folder (./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--replace",
      description = "Put a data folder that holds something aside, under a name beside it.")
  private boolean replace;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Restore.Summary put;
    if (replace && Files.isDirectory(data)) {
      try (DataFolder held = DataFolder.take(data)) {
        put = restore(out);
      }
    } else {
      put = restore(out);
    }
    out.printf("%s holds the backup of %s again, %d files%n", data, put.made(), put.files());
    put.aside().ifPresent(aside -> out.printf("what was there before is in %s%n", aside));
    return 0;
  }

  private Restore.Summary restore(PrintWriter out) throws IOException {
    return Restore.from(from, data, replace, InstantSource.system().instant(), out::println);
  }
}
