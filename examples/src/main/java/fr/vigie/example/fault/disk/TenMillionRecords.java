package fr.vigie.example.fault.disk;

import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** F32: an agent starts with an outbox of millions of records. */
public final class TenMillionRecords implements Fault {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** What a backlog may add to an agent's memory, in which two starts differ by as much. */
  private static final long MOST_MORE = 6L << 20;

  private static final String LIMIT = "outbox: 4GiB";

  @Override
  public Sheet sheet() {
    return Sheet.of(
        32,
        "outbox of 10 million records",
        "An agent with months of backlog starts reading within seconds, in its usual memory.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().keys(LIMIT + "\nhead: 0"));
    trial.server().child().kill();
    stage.pause(Duration.ofSeconds(3));
    long usual = trial.agent().residentBytes();
    trial.agent().close();
    int records = stage.often(1_000_000, 10_000_000);
    fill(stage.folder().resolve("agent/outbox"), records);
    Instant from = stage.clock().instant();
    trial.restartAgent();
    boolean begun = Waiting.until(Duration.ofMinutes(2), () -> trial.agentState().isPresent());
    Duration took = Duration.between(from, stage.clock().instant());
    stage.expect(
        begun && took.compareTo(LONGEST) < 0, "the agent took %d ms to start", took.toMillis());
    stage.pause(Duration.ofSeconds(3));
    long memory = trial.agent().residentBytes();
    stage.expect(
        memory <= usual + MOST_MORE,
        "the agent takes %d MB, and %d MB without a backlog",
        memory >> 20,
        usual >> 20);
    stage.saw(trial.agent().said("Outbox: "));
    stage.did(
        "started with %,d records: reading after %.1f s, %d MB (%d MB without a backlog), %s batches"
            + " wait",
        records,
        took.toMillis() / 1_000.0,
        memory >> 20,
        usual >> 20,
        trial.agentState().map(AgentState::pending).orElse(-1L));
  }

  /** Appends copies of the newest record, as an agent without a server would go on. */
  private static void fill(Path folder, int records) throws IOException {
    try (Outbox outbox = Outbox.open(folder, new Outbox.Settings(4L << 30, 2 << 20))) {
      List<Outbox.Record> first = outbox.pendingAfter(0, 0, 1, 1 << 20);
      Outbox.Record last = outbox.last().orElse(first.get(0));
      long sequence = last.sequence();
      for (int i = 0; i < records; i++) {
        outbox.append(last.epoch(), ++sequence, last.payload());
        if (i % 10_000 == 0) {
          outbox.sync();
        }
      }
      outbox.sync();
    }
  }
}
