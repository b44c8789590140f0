package fr.vigie.example.faults;

import fr.vigie.example.installation.OnExit;
import fr.vigie.example.installation.TemporaryFolder;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Outcome;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.stage.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes faults, one after the other, and says for each what became of every value. */
@Command(
    name = "faults",
    description = {
      "Runs a simulated workshop, an agent, a broker and a server, makes faults happen to them,",
      "and compares every value that the machines said with what is stored."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Faults that need root, loop devices, network namespaces or a program that is not",
      "installed are printed as not run, with the reason, where these are absent.",
      "",
      "Examples:",
      "  vigie faults --list",
      "  vigie faults F14 F18",
      "  vigie faults F3 --kills 1000 --seed 42",
      "  vigie faults --all --markdown",
      "",
      "Exit codes: 0 nothing failed, 1 otherwise, 64 wrong usage."
    })
public final class FaultsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FAULT", description = "such as F3; without any, the quick ones")
  private List<String> named = List.of();

  @Option(names = "--list", description = "only say which faults there are and what they need")
  private boolean list;

  @Option(
      names = "--quick",
      description = "those that every build makes, or the named ones, in seconds each")
  private boolean quick;

  @Option(names = "--all", description = "every fault, thoroughly; takes about an hour")
  private boolean all;

  @Option(names = "--seed", paramLabel = "N", description = "of whatever happens by chance")
  private @Nullable Long seed;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "how many in F3 (default: ${DEFAULT-VALUE})",
      defaultValue = "25")
  private int kills = 25;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "keep all logs and data there (default: a temporary folder, deleted)")
  private @Nullable Path keep;

  @Option(names = "--json", description = "for machines: one JSON object a line")
  private boolean json;

  @Option(names = "--markdown", description = "the table of docs/reference/guarantee.md")
  private boolean markdown;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter progress = json || markdown ? spec.commandLine().getErr() : out;
    List<Fault> chosen = chosen();
    if (list) {
      chosen.forEach(fault -> out.println(Table.sheet(fault.sheet())));
      out.flush();
      return 0;
    }
    long drawn = seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed;
    progress.println("seed " + drawn);
    progress.flush();
    List<Outcome> outcomes = new ArrayList<>();
    try (OnExit exit = new OnExit()) {
      Path folder = keep == null ? exit.add(TemporaryFolder.create("vigie-faults")).path() : keep;
      for (Fault fault : chosen) {
        Outcome outcome = play(fault, folder.toAbsolutePath(), drawn, exit);
        outcomes.add(outcome);
        say(json ? out : progress, json ? Table.json(outcome) : Table.line(outcome));
      }
    }
    if (markdown) {
      say(out, Table.markdown(outcomes, drawn));
    }
    say(progress, Table.summary(outcomes, drawn));
    boolean failed = outcomes.stream().anyMatch(each -> each.verdict() == Verdict.FAILED);
    return failed ? 1 : 0;
  }

  private List<Fault> chosen() {
    List<Fault> faults = FaultList.all(kills);
    if (!named.isEmpty()) {
      TreeSet<String> unknown = new TreeSet<>();
      named.forEach(name -> unknown.add(name.toUpperCase(Locale.ROOT)));
      List<Fault> found =
          faults.stream().filter(fault -> unknown.contains(fault.sheet().id())).toList();
      found.forEach(fault -> unknown.remove(fault.sheet().id()));
      if (!unknown.isEmpty()) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "unknown: " + String.join(", ", unknown) + "; wanted F1 to F" + faults.size());
      }
      return found;
    }
    return all || list && !quick
        ? faults
        : faults.stream().filter(fault -> fault.sheet().quick()).toList();
  }

  private Outcome play(Fault fault, Path folder, long drawn, OnExit exit)
      throws IOException, InterruptedException {
    Sheet sheet = fault.sheet();
    InstantSource clock = InstantSource.system();
    var begun = clock.instant();
    Stage stage =
        exit.add(
            new Stage(
                folder.resolve(sheet.id()), drawn, clock, !quick && (all || !named.isEmpty())));
    try (stage) {
      Optional<String> lacking =
          sheet.needs().stream().map(Need::absent).flatMap(Optional::stream).findFirst();
      if (lacking.isPresent()) {
        throw new NotRun(lacking.get());
      }
      fault.play(stage);
      return stage.outcome(sheet, Duration.between(begun, clock.instant()));
    } catch (IOException | NotRun | RuntimeException e) {
      if (OnExit.hasBegun()) {
        throw new IOException("stopped", e);
      }
      return stage.broken(sheet, e, Duration.between(begun, clock.instant()));
    }
  }

  private static void say(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
