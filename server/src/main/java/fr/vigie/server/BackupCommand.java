package fr.vigie.server;

import fr.vigie.server.backup.Backup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a data folder, also while a server writes it. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Copies everything that a server keeps, whether it runs or not.",
      "The next backup to the same folder copies only what has changed."
    },
    footer = {
      "",
      "Example:",
      "  vigie-server backup --data /var/lib/vigie --to /media/usb/vigie",
      "",
      "Exit codes: 0 done, 1 failed (an earlier backup is still whole), 78 wrong usage."
    })
final class BackupCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "data",
      description = "The server's data folder (./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the backup goes: a new folder, or one with an earlier backup.")
  private Path to = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Backup.Summary made =
        Backup.make(data, to, InstantSource.system(), Version.text(), out::println);
    out.printf(
        "%s is whole: %d files, %d of them copied now (%d bytes)%n",
        to, made.files(), made.copies(), made.bytes());
    return 0;
  }
}
