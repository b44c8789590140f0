package fr.vigie.example.fault.device;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.emulator.Tried;
import fr.vigie.example.emulator.VirtualBoard;
import fr.vigie.example.emulator.VirtualBoard.Time;
import fr.vigie.example.installation.Child;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** F24: a proximity switch bounces, bursts or sticks; on the pins of a virtual board. */
public final class GpioBursts implements Fault {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @Override
  public Sheet sheet() {
    return Sheet.of(
        24,
        "GPIO bounces, bursts, sticks",
        "Every edge is counted once or declared lost with its number, bounces are not counted, and"
            + " a rate that no machine has, or an input that never changes, is told.",
        Need.BOARD);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException, NotRun {
    Optional<VirtualBoard> made = VirtualBoard.make(stage.home(), stage.folder().resolve("making"));
    if (made.isEmpty()) {
      throw new NotRun("Debian's mirror does not answer, and the board is not made yet");
    }
    Path host = Files.createDirectories(stage.folder().resolve("host"));
    Path console = stage.folder().resolve("console");
    made.get().load(host, Tried.job());
    Child board = made.get().boot(Time.EXACT, host, Map.of(), console);
    stage.expect(board.awaitEnd(PATIENCE).isPresent(), "the board did not end");
    Tried tried = Tried.read(console);
    stage.expect(tried.pulses().size() == 6, "trials made: %s", tried.pulses().keySet());
    tried.pulses().forEach((name, pulses) -> judge(stage, name, pulses));
    for (String state : new String[] {"too-fast", "stuck"}) {
      stage.expect(
          tried.words().getOrDefault("alarms", "").contains("input=" + state),
          "nobody was told: %s",
          state);
    }
    stage.saw(Optional.ofNullable(tried.words().get("busy")));
  }

  private static void judge(Stage stage, String name, Tried.Pulses pulses) {
    stage.did(
        "%s: %d pulses, %d counted, %d edges declared lost",
        name, pulses.made(), pulses.counted(), pulses.lost());
    long missing = pulses.made() - pulses.counted() - pulses.lost();
    stage.add(
        new Finding(
            name,
            pulses.made(),
            pulses.counted(),
            Math.max(0, missing),
            Math.max(0, -missing),
            0,
            0,
            pulses.lost()));
  }
}
