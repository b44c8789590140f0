package fr.vigie.example.fault.message;

import fr.vigie.column.Column;
import fr.vigie.example.messenger.Messenger;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.time.Nanos;
import fr.vigie.wire.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A shift of a machine as batches: states and counted parts, by chance, in order. */
final class Shift {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int A_BATCH = 30;

  private Shift() {}

  static List<Signal> signals(String machine) {
    return List.of(
        new Signal(machine, "state", Kind.STATE, ""),
        new Signal(machine, "parts", Kind.COUNTER, ""));
  }

  /** The machine's description for the server. */
  static Map<String, Object> tree(String site, Instant inService) {
    return Map.of(
        "label", "Tour",
        "site", site,
        "line", "essai",
        "reference-cycle", "30s",
        "micro-stop", "60s",
        "in-service-since", inService.toString(),
        "shifts", "none",
        "state",
            Map.of(
                "signal", "state",
                "values", Map.of("AUTO", "running", "WAIT", "idle", "FAULT", "stopped"),
                "otherwise", "unobserved",
                "dwell", "0s"),
        "parts", Map.of("counter", "parts"));
  }

  /** Batches 1, 2, 3, … of a span. */
  static List<Batch> batches(Messenger messenger, Instant from, Duration length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Batch> batches = new ArrayList<>();
    String[] states = {"AUTO", "AUTO", "AUTO", "WAIT", "FAULT"};
    String state = "AUTO";
    long parts = 0;
    int steps = (int) length.dividedBy(EVERY);
    for (int step = 0; step < steps; step += A_BATCH) {
      Column.Builder said = Column.texts();
      Column.Builder counted = Column.numbers();
      for (int i = step; i < Math.min(steps, step + A_BATCH); i++) {
        long nanos = Nanos.of(from.plus(EVERY.multipliedBy(i)));
        if (random.nextInt(12) == 0) {
          state = states[random.nextInt(states.length)];
        }
        parts += state.equals("AUTO") && random.nextInt(3) == 0 ? 1 : 0;
        said.add(nanos, state, Quality.GOOD);
        counted.add(nanos, parts, Quality.GOOD);
      }
      batches.add(
          messenger.batch(
              batches.size() + 1,
              List.of(new Batch.Part(0, said.build()), new Batch.Part(1, counted.build()))));
    }
    return batches;
  }
}
