package fr.vigie.server;

import fr.vigie.server.store.sqlite.Checked;
import fr.vigie.server.store.sqlite.Repair;
import fr.vigie.server.store.sqlite.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks every checksum of a store. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Reads all that is stored and checks it against its checksums, whether a server runs or not."
    },
    footer = {
      "",
      "Examples:",
      "  vigie-server verify --data /var/lib/vigie",
      "  vigie-server verify --data /var/lib/vigie --repair     the server must be stopped",
      "",
      "Exit codes: 0 all is as it was written, or was repaired; 1 damaged; 78 wrong usage."
    })
final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "data",
      description = "The server's data folder (./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--repair",
      description = {
        "Keep damaged files aside, go on with all that is whole in them, and declare the rest lost."
      })
  private boolean repair;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path store = data.resolve("store");
    out.printf("%-12s %12s %14s %8s%n", "file", "chunks", "samples", "damaged");
    List<Checked> found =
        repair
            ? Repair.run(store, file -> row(out, file), out::println)
            : Verification.of(store, file -> row(out, file));
    found.forEach(file -> file.faults().forEach(fault -> tell(out, file, fault)));
    long faults = found.stream().mapToLong(file -> file.faults().size()).sum();
    if (faults == 0) {
      out.println("all is as it was written");
      return 0;
    }
    if (!repair) {
      out.printf("damaged places: %d; with --repair the rest goes on without them%n", faults);
      return 1;
    }
    boolean clean = Verification.of(store, file -> {}).stream().allMatch(Checked::isClean);
    out.printf(
        "damaged places: %d; what they held is declared lost%s%n",
        faults, clean ? "" : ", but not all could be repaired: restore a backup");
    return clean ? 0 : 1;
  }

  private static void row(PrintWriter out, Checked file) {
    out.printf(
        "%-12s %12d %14d %8d%n", file.file(), file.chunks(), file.samples(), file.faults().size());
  }

  private static void tell(PrintWriter out, Checked file, Checked.Fault fault) {
    out.printf("%s, %s: %s", file.file(), fault.place(), fault.why());
    fault
        .hole()
        .ifPresent(
            hole ->
                out.printf(
                    "; %s from %s to %s, %s",
                    hole.series().map(Object::toString).orElse("any signal"),
                    hole.span().start(),
                    hole.span().end(),
                    hole.count().isPresent()
                        ? hole.count().getAsLong() + " samples"
                        : "nobody knows how many samples"));
    out.println();
  }
}
