package fr.vigie.example;

import fr.vigie.example.demo.DemoCommand;
import fr.vigie.example.faults.FaultsCommand;
import fr.vigie.example.installation.OnExit;
import fr.vigie.example.powercut.PowerCutCommand;
import fr.vigie.example.replay.ReplayCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of demo, replay, faults and power cuts. */
@Command(
    name = "vigie",
    description = "Shows, replays and torments a simulated workshop.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      ReplayCommand.class,
      FaultsCommand.class,
      PowerCutCommand.class
    })
public final class ExamplesMain {
  private static final int WRONG_USAGE = 64;
  private static final int STOPPED = 130;

  private ExamplesMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new ExamplesMain());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.getCommandSpec().exitCodeOnInvalidInput(WRONG_USAGE);
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().exitCodeOnInvalidInput(WRONG_USAGE));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (OnExit.hasBegun()) {
            return STOPPED;
          }
          if (failure instanceof IOException) {
            String why = failure.getMessage();
            command.getErr().println(why == null ? failure.toString() : why);
            command.getErr().flush();
            return 1;
          }
          throw failure;
        });
    return line;
  }
}
