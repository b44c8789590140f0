package fr.vigie.example.fault.time;

import fr.vigie.example.installation.Launch;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** F8: a board without a clock starts in 1970 and learns the time later. */
public final class BootIn1970 implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        8,
        "boot in 1970",
        "What a board without a clock reads is kept, dated once the time is known, and never shown"
            + " in 1970.",
        Need.FAKETIME);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    long days = Duration.between(Instant.EPOCH, stage.clock().instant()).toDays();
    Trial trial = stage.start(stage.plan().agent(shifted("-" + (days - 1) + "d")));
    stage.pause(Duration.ofSeconds(stage.often(5, 20)));
    stage.saw(trial.agent().said("lock"));
    stage.settle(trial);
    Instant from = trial.begun().minusSeconds(60);
    Instant to = stage.clock().instant().plusSeconds(60);
    long wrong = 0;
    for (String signal : trial.server().api().signals(Workshop.PRESS)) {
      for (Sample sample : trial.server().api().samples(Workshop.PRESS, signal)) {
        wrong += sample.time().isBefore(from) || sample.time().isAfter(to) ? 1 : 0;
      }
    }
    stage.did("started the agent with a clock that says 2 January 1970");
    stage.expect(wrong == 0, "%d values are dated more than a minute wrong", wrong);
  }

  /** An agent whose wall clock is wrong by so much, and whose monotonic clock is right. */
  static Launch shifted(String by) {
    return Launch.PLAIN
        .with("LD_PRELOAD", Need.faketime())
        .with("FAKETIME", by)
        .with("FAKETIME_DONT_FAKE_MONOTONIC", "1");
  }
}
