package fr.vigie.server;

import fr.vigie.server.settings.ConfigurationMistakes;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/** What the program does to a data folder instead of serving it. */
final class Subcommands {
  private static final int FAILED = 1;

  private Subcommands() {}

  static void add(CommandLine line, PrintStream out, PrintStream err) {
    line.addSubcommand(new DiagnoseCommand())
        .addSubcommand(new VerifyCommand())
        .addSubcommand(new BackupCommand())
        .addSubcommand(new RestoreCommand())
        .addSubcommand(new MigrateCommand())
        .addSubcommand(new ContributionCommand())
        .addSubcommand(new MergeCommand())
        .addSubcommand(new UsageCommand());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setParameterExceptionHandler(
        (mistake, arguments) -> {
          String name = mistake.getCommandLine().getCommandSpec().qualifiedName();
          err.println("command line  " + mistake.getMessage() + "; see " + name + " --help");
          return StartFailure.CONFIGURATION;
        });
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof IOException) {
            err.println(failure.getMessage());
            return FAILED;
          }
          if (failure instanceof ConfigurationMistakes) {
            err.println(failure.getMessage());
            return StartFailure.CONFIGURATION;
          }
          throw failure;
        });
  }

  static boolean isOne(CommandLine line, String[] arguments) {
    return arguments.length > 0 && line.getSubcommands().containsKey(arguments[0]);
  }
}
