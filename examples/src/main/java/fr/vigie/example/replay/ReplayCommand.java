package fr.vigie.example.replay;

import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.OnExit;
import fr.vigie.example.installation.TemporaryFolder;
import fr.vigie.example.machine.MachineFile;
import fr.vigie.example.machine.MachineFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one line of JSON for each log; progress and problems go to the standard error. */
@Command(
    name = "replay",
    description = {
      "Plays recorded machine logs through an agent and a server, as fast as they go,",
      "and prints one line of JSON a log: states, parts, cycles, stops, rates."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Lines are timestamp|key|value, with more pairs of key and value behind if need be.",
      "",
      "Examples:",
      "  vigie replay --machine examples/machines/hurco-mill.yaml monday.txt.gz",
      "  vigie replay --machine examples/machines/hurco-mill.yaml --keep kept monday.txt.gz",
      "",
      "Exit codes: 0 done, 1 failed, 64 wrong usage, 78 a log or the machine's file is wrong."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final int WRONG_INPUT = 78;

  @Option(
      names = {"-m", "--machine"},
      paramLabel = "FILE",
      required = true,
      description = "the machine: its signals, and how states, parts and cycles are read")
  private Path machineFile = Path.of("");

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "keep what was stored in this new folder, for vigie diagnose")
  private @Nullable Path keep;

  @Parameters(paramLabel = "LOG", arity = "1..*", description = "logs, plain or gzipped")
  private List<Path> logs = List.of();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    List<String> mistakes = new ArrayList<>();
    Optional<MachineFile> machine = machine(mistakes);
    List<RecordedLog> recorded = scan(mistakes);
    Path kept = keep;
    if (kept != null && Files.exists(kept)) {
      mistakes.add("--keep: found '" + kept + "', wanted a folder that is not there yet");
    }
    if (machine.isEmpty() || !mistakes.isEmpty()) {
      mistakes.forEach(err::println);
      err.flush();
      return WRONG_INPUT;
    }
    try (OnExit exit = new OnExit()) {
      Path folder =
          kept == null
              ? exit.add(TemporaryFolder.create("vigie-replay")).path()
              : Files.createDirectories(kept).toAbsolutePath();
      Home home = exit.add(Home.find());
      Replay replay = exit.add(Replay.start(home, folder, machine.get()));
      for (RecordedLog log : recorded) {
        String name = log.file().getFileName().toString();
        err.printf("%s: %,d lines, %s to %s%n", name, log.lines(), log.first(), log.last());
        err.flush();
        String machineName = replay.nameOf(log);
        out.println(ReplayLine.of(name, replay.play(machineName, log)));
        out.flush();
        if (kept != null) {
          err.printf(
              "kept: vigie diagnose --data %s --machine %s --from %s --to %s%n",
              kept.resolve("server"), machineName, log.first(), log.last());
          err.flush();
        }
      }
    }
    return 0;
  }

  private Optional<MachineFile> machine(List<String> mistakes) {
    try {
      if (!Files.isRegularFile(machineFile)) {
        mistakes.add(machineFile + ": no such file");
        return Optional.empty();
      }
      return Optional.of(MachineFile.read(machineFile));
    } catch (MachineFileException e) {
      mistakes.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      mistakes.add(machineFile + ": cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private List<RecordedLog> scan(List<String> mistakes) {
    List<RecordedLog> recorded = new ArrayList<>();
    for (Path log : logs) {
      try {
        recorded.add(RecordedLog.scan(log));
      } catch (IOException e) {
        mistakes.add(String.valueOf(e.getMessage()));
      }
    }
    return recorded;
  }
}
