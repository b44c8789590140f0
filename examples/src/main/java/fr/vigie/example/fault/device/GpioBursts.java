package fr.vigie.example.fault.device;

import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import java.nio.file.Files;
import java.nio.file.Path;

/** F24: a proximity switch bounces, bursts or sticks. */
public final class GpioBursts implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        24,
        "GPIO bounces, bursts, sticks",
        "Every edge is counted once, bounces are not, and a rate that no machine has raises an"
            + " alarm.");
  }

  @Override
  public void play(Stage stage) throws NotRun {
    if (!Files.exists(Path.of("/dev/gpiochip0"))) {
      throw new NotRun("this kernel has no GPIO lines (/dev/gpiochip0)");
    }
    throw new NotRun("the agent has no GPIO driver yet");
  }
}
