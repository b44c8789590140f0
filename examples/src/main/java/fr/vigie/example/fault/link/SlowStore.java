package fr.vigie.example.fault.link;

import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Pace;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * F16: the server's store is slow: another process holds its database for 200 ms at a time, with
 * hardly a pause between.
 */
public final class SlowStore implements Fault {
  private static final long MOST_MEMORY = 320L << 20;
  private static final Duration HOLD = Duration.ofMillis(200);
  private static final Duration SLOWEST_PAGE = Duration.ofSeconds(5);

  @Override
  public Sheet sheet() {
    return Sheet.of(
        16,
        "slow store",
        "A store that is slow slows the agents down, which keep their data; the server's memory"
            + " stays bounded and its page alive.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Pace pace = new Pace(System::nanoTime);
    Trial trial = stage.start(stage.plan().keys("batch: 50ms").pace(pace));
    pace.factor(20);
    Duration slowest = Duration.ZERO;
    int seconds = stage.often(10, 60);
    Instant end = stage.clock().instant().plusSeconds(seconds);
    try (LockHolder holder =
        stage.add(LockHolder.of(stage.folder().resolve("server/store/head.db"), HOLD))) {
      while (stage.clock().instant().isBefore(end)) {
        Instant asked = stage.clock().instant();
        trial.server().api().live(Workshop.PRESS);
        Duration took = Duration.between(asked, stage.clock().instant());
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        stage.pause(Duration.ofMillis(500));
      }
      holder.close();
      stage.expect(holder.times() > 10, "the database was held %d times only", holder.times());
      stage.did(
          "held the store's database %d times for %d ms in %d s; slowest answer of the page %d ms",
          holder.times(), HOLD.toMillis(), seconds, slowest.toMillis());
    }
    pace.factor(1);
    long memory = trial.server().child().residentBytes();
    stage.expect(memory <= MOST_MEMORY, "the server takes %d MB", memory >> 20);
    stage.expect(slowest.compareTo(SLOWEST_PAGE) < 0, "the page took %s", slowest);
    long connections = trial.agent().timesSaid("Connected to");
    stage.expect(connections <= 1 + seconds / 20, "%d connections", connections);
    stage.did("server %d MB, %d connections", memory >> 20, connections);
    stage.saw(trial.server().child().said("the store"));
    stage.settle(trial);
  }
}
