package fr.vigie.server;

import fr.vigie.server.migration.Migration;
import fr.vigie.server.migration.Verification;
import fr.vigie.server.settings.ConfigurationMistakes;
import fr.vigie.server.settings.Mistake;
import fr.vigie.server.settings.StoreChoice;
import fr.vigie.server.store.Marked;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that brings all samples from one store to another. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Brings samples, marks and declared losses from one store to another and compares both. The"
            + " server must be stopped; agents keep what they have meanwhile. May be broken off and"
            + " started again. Never changes the source.",
    footer = {
      "",
      "STORE is sqlite, influx=ADDRESS/DATABASE or victoria=ADDRESS/DATABASE.",
      "",
      "Examples:",
      "  vigie-server migrate --data /var/lib/vigie --from sqlite \\",
      "      --to influx=http://127.0.0.1:8086/vigie",
      "  vigie-server migrate --data /var/lib/vigie --to sqlite \\",
      "      --from victoria=http://127.0.0.1:8428/vigie",
      "",
      "Exit codes: 0 both hold the same, 1 failed or they differ, 78 wrong usage."
    })
final class MigrateCommand implements Callable<Integer> {
  private static final String WANTED =
      "sqlite, influx=http://host:8086/database or victoria=http://host:8428/database";
  private static final long BETWEEN_LINES = Duration.ofSeconds(2).toNanos();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Data folder of the server (./data).")
  private Path data = Path.of("data");

  @Option(names = "--from", paramLabel = "STORE", required = true, description = "Is read.")
  private String from = "";

  @Option(names = "--to", paramLabel = "STORE", required = true, description = "Is filled.")
  private String to = "";

  @Option(names = "--from-user", paramLabel = "NAME", description = "Name for the database read.")
  private String fromUser = "";

  @Option(
      names = "--from-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  private @Nullable Path fromPassword;

  @Option(names = "--to-user", paramLabel = "NAME", description = "Name for the one filled.")
  private String toUser = "";

  @Option(
      names = "--to-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  private @Nullable Path toPassword;

  @Spec private @Nullable CommandSpec spec;

  private long toldAt;

  @Override
  public Integer call() throws IOException {
    try {
      return migrate(Objects.requireNonNull(spec).commandLine().getOut());
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "\nNothing is lost: the same command goes on where this one ended.", e);
    }
  }

  private int migrate(PrintWriter out) throws IOException {
    List<Mistake> mistakes = new ArrayList<>();
    Optional<StoreChoice> source =
        choice("--from", from, fromUser, Optional.ofNullable(fromPassword), mistakes);
    Optional<StoreChoice> target =
        choice("--to", to, toUser, Optional.ofNullable(toPassword), mistakes);
    if (!Files.isDirectory(data)) {
      mistakes.add(
          new Mistake("command line", "--data", data.toString(), "the data folder of a server"));
    }
    if (source.isPresent() && from.equals(to)) {
      mistakes.add(new Mistake("command line", "--to", to, "another store than --from"));
    }
    if (source.isPresent()
        && target.isPresent()
        && !from.equals(to)
        && kind(from).equals(kind(to))) {
      mistakes.add(new Mistake("command line", "--to", to, "a store of another kind than --from"));
    }
    if (!mistakes.isEmpty() || source.isEmpty() || target.isEmpty()) {
      throw new ConfigurationMistakes(mistakes);
    }
    try (DataFolder folder = DataFolder.take(data);
        Marked reads = StoreOpening.open(source.get(), folder.path(), InstantSource.system());
        Marked writes = StoreOpening.open(target.get(), folder.path(), InstantSource.system())) {
      Migration migration =
          new Migration(
              reads,
              writes,
              (stage, samples, of) -> tell(out, stage, samples, of),
              System::nanoTime,
              length -> LockSupport.parkNanos(length.toNanos()));
      Path plan = data.resolve("migration-" + kind(from) + "-" + kind(to) + ".plan");
      Verification result =
          migration.run(
              plan, from, to, UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE);
      return report(result, plan, out);
    }
  }

  private int report(Verification result, Path plan, PrintWriter out) throws IOException {
    Path table = plan.resolveSibling(plan.getFileName().toString().replace(".plan", ".table"));
    Files.write(table, result.table());
    result.differences().forEach(out::println);
    boolean same = result.differences().isEmpty();
    out.printf(
        "%d series and months compared, counts and checksums in %s: %s%n",
        result.table().size(),
        table,
        same ? "all the same" : result.differences().size() + " DIFFERENCES, see above");
    if (same) {
      Files.delete(plan);
      out.println("Now set vigie.store to " + kind(to) + "; the old store is left as it was.");
    }
    return same ? 0 : 1;
  }

  private void tell(PrintWriter out, String stage, long samples, long of) {
    long now = System.nanoTime();
    if (samples == of || now - toldAt > BETWEEN_LINES) {
      toldAt = now;
      out.printf(
          "%s %,d of %,d samples, %d %%%n", stage, samples, of, of == 0 ? 0 : samples * 100 / of);
    }
  }

  private static String kind(String store) {
    int equals = store.indexOf('=');
    return equals < 0 ? store : store.substring(0, equals);
  }

  private static Optional<StoreChoice> choice(
      String option, String store, String user, Optional<Path> password, List<Mistake> mistakes) {
    Optional<StoreChoice> choice = StoreChoice.parse(store, user, password);
    if (choice.isEmpty()) {
      mistakes.add(new Mistake("command line", option, store, WANTED));
    }
    password
        .filter(file -> !Files.isReadable(file))
        .ifPresent(
            file ->
                mistakes.add(
                    new Mistake(
                        "command line",
                        option + "-password-file",
                        file.toString(),
                        "a file that can be read")));
    return choice;
  }
}
