package fr.vigie.example.powercut;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Power cuts as a command. */
@Command(
    name = "powercut",
    description = {
      "Cuts the power of processes that write to the server's store and to the agent's outbox,",
      "on a file system in a file, and counts what is left of what was promised. Needs root."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sudo ./vigie powercut",
      "  sudo ./vigie powercut --cuts 1000 store",
      "",
      "Exit codes: 0 nothing missing, duplicated or foreign, 1 otherwise, 64 wrong usage."
    })
public final class PowerCutCommand implements Callable<Integer> {
  @Option(
      names = "--cuts",
      paramLabel = "N",
      description = "how many of each (default: ${DEFAULT-VALUE})",
      defaultValue = "200")
  private int cuts = 200;

  @Option(names = "--seed", paramLabel = "N", description = "of the moments")
  private @Nullable Long seed;

  @Parameters(paramLabel = "VICTIM", description = "store, outbox (default: both)", arity = "0..2")
  private List<Victim> victims = List.of(Victim.values());

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Optional<String> hindrance = PowerCuts.hindrance();
    if (hindrance.isPresent()) {
      throw new IOException("not run: " + hindrance.get());
    }
    long drawn = seed == null ? new Random().nextLong() : seed;
    out.println("seed " + drawn);
    out.flush();
    boolean clean = true;
    for (Victim victim : victims) {
      Counts counts = PowerCuts.run(victim, cuts, drawn, out);
      out.printf("%s: %s%n", victim, counts);
      out.flush();
      clean &= counts.isClean();
    }
    return clean ? 0 : 1;
  }
}
