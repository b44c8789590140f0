package fr.vigie.server;

import fr.vigie.usage.Chain;
import fr.vigie.usage.UsageTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with a table of usage. */
@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks what was used under a contract.",
    subcommands = UsageCommand.Verify.class)
final class UsageCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Missing required subcommand: verify");
  }

  /** Checks the chain in a table. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = {
        "Checks a CSV of usage: every entry that was changed, dropped, put in or moved is told."
      },
      footer = {
        "",
        "Example:",
        "  vigie-server usage verify c-12.csv --head 3f5c…     the hash on the last statement",
        "",
        "Needs no server. Exit codes: 0 as it was written, 1 changed or unreadable, 78 wrong usage."
      })
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The CSV, French or English.")
    private Path file = Path.of("");

    @Option(
        names = "--head",
        paramLabel = "HASH",
        description = {
          "A hash from an earlier statement: without it a chain that was made anew, or cut at its"
              + " end, is not found."
        })
    private @Nullable String head;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      Chain chain = read();
      String seen = head;
      List<Chain.Finding> findings = seen == null ? chain.verify() : chain.verify(seen.strip());
      for (Chain.Finding finding : findings) {
        out.printf("line %d: %s%n", finding.row() + 1, text(finding.fault()));
      }
      if (!findings.isEmpty()) {
        return 1;
      }
      out.printf(
          "contract %s of %s, machine %s: %d entries are as they were written%n",
          chain.contract().id(),
          chain.contract().customer(),
          chain.contract().machine(),
          chain.entries().size());
      out.printf("hash of the last: %s%n", chain.head());
      if (seen == null) {
        out.println("compare it with the statement on paper, or give that hash with --head");
      }
      return 0;
    }

    private Chain read() throws IOException {
      try {
        return UsageTable.read(Files.readString(file));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ", " + e.getMessage(), e);
      }
    }

    private static String text(Chain.Fault fault) {
      return switch (fault) {
        case CHANGED -> "changed: its contents are not those of its hash";
        case BROKEN -> "does not stand on the entry before: one was dropped, put in or moved";
        case MISPLACED -> "reads a span that was read before or is not the contract's";
        case OTHER_END -> "the hash given is that of no entry: the chain was cut or made anew";
      };
    }
  }
}
