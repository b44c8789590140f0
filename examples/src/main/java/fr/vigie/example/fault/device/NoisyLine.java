package fr.vigie.example.fault.device;

import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * F22: bytes flip, vanish and come twice on a line. Frames of firmware carry a checksum and bear
 * all of it; printed lines have none, so that only noise which no line can hold is tried on them.
 */
public final class NoisyLine implements Fault {
  private static final double SHARE = 0.002;

  @Override
  public Sheet sheet() {
    return Sheet.of(
            22,
            "noisy serial line",
            "Noise on a line with checksums never becomes a value; what it destroyed is declared"
                + " lost, to the message. (A line without checksum cannot promise that.)")
        .inEveryBuild();
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().withCables());
    AtomicLong struck = new AtomicLong();
    trial.cable(Workshop.PRESS).noise(anything(stage.random().split(), struck));
    trial.cable(Workshop.FILLER).noise(impossible(stage.random().split(), struck));
    int seconds = stage.often(8, 60);
    stage.pause(Duration.ofSeconds(seconds));
    trial.cable(Workshop.PRESS).noise(bytes -> bytes);
    trial.cable(Workshop.FILLER).noise(bytes -> bytes);
    stage.pause(Duration.ofMillis(2_500));
    long refused =
        trial
            .agentState()
            .map(
                state ->
                    state.rejected(Workshop.PRESS_SENSOR) + state.rejected(Workshop.FILLER_SENSOR))
            .orElse(0L);
    stage.did(
        "struck %d bytes in %d s; the agent refused %d frames and lines",
        struck.get(), seconds, refused);
    stage.expect(refused > 0, "nothing was refused, so nothing was tried");
    stage.saw(trial.agent().said("Lost: DEVICE_GAP"));
    stage.settle(trial);
  }

  /** Flips, drops and doubles single bytes. */
  private static UnaryOperator<byte[]> anything(SplittableRandom random, AtomicLong struck) {
    return bytes -> {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (byte next : bytes) {
        boolean strike = random.nextDouble() < SHARE;
        if (!strike) {
          out.write(next);
          continue;
        }
        struck.incrementAndGet();
        switch (random.nextInt(3)) {
          case 0 -> out.write(next ^ (1 << random.nextInt(8)));
          case 1 -> {
            out.write(next);
            out.write(next);
          }
          default -> {}
        }
      }
      return out.toByteArray();
    };
  }

  /** Sets the highest bit of single bytes, which makes a printed line no text any more. */
  private static UnaryOperator<byte[]> impossible(SplittableRandom random, AtomicLong struck) {
    return bytes -> {
      for (int i = 0; i < bytes.length; i++) {
        if (random.nextDouble() < SHARE && bytes[i] != '\r' && bytes[i] != '\n') {
          bytes[i] |= (byte) 0x80;
          struck.incrementAndGet();
        }
      }
      return bytes;
    };
  }
}
