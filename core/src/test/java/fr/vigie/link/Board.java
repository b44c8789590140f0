package fr.vigie.link;

import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import fr.vigie.wire.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A courier on a board, in a time of its own, that counts parts. */
final class Board implements Closeable {
  static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  static final Signal PARTS = new Signal("press", "parts", Kind.COUNTER, "1");
  static final Signal FORCE = new Signal("press", "force", Kind.GAUGE, "N");
  static final Duration STEP = Duration.ofMillis(50);

  private final Path folder;
  private final FakeServer server;
  private final Duration keep;
  private final Outbox.Settings settings;
  private final InstantSource clock;
  private final Random random;
  long nanos;
  private long stepAt;
  int made;
  int forcesASecond;
  Outbox outbox;
  Courier courier;

  Board(Path folder, FakeServer server, Duration keep, long seed) throws IOException {
    this.folder = folder;
    this.server = server;
    this.keep = keep;
    this.settings = new Outbox.Settings(4 << 20, 128 << 10, keep);
    this.clock = () -> START.plusNanos(nanos);
    this.random = new Random(seed);
    start();
  }

  private void start() throws IOException {
    outbox = Outbox.open(Files.createDirectories(folder).resolve("outbox"), settings, clock);
    courier =
        new Courier(
            CourierSettings.of("atelier", "pi", "test")
                .with(Payload.COLUMNS, Duration.ofSeconds(5), Duration.ofSeconds(1))
                .keeping(keep),
            Map.of("press", List.of(PARTS, FORCE)),
            folder,
            outbox,
            server,
            () -> nanos,
            clock,
            random);
  }

  void restart() throws IOException {
    courier.stop();
    outbox.close();
    start();
  }

  /** One part a second, each with its number, and forces below zero. */
  void work(Duration time) {
    long steps = time.toNanos() / STEP.toNanos();
    long each = Duration.ofSeconds(1).toNanos() / STEP.toNanos();
    for (long i = 0; i < steps; i++) {
      if (i % each == 0) {
        courier.accept(PARTS, Sample.good(clock.instant(), ++made));
        for (int k = 0; k < forcesASecond; k++) {
          courier.accept(FORCE, Sample.good(clock.instant(), -random.nextDouble()));
        }
      }
      step();
    }
  }

  void rest(Duration time) {
    for (long left = time.toNanos(); left > 0; left -= STEP.toNanos()) {
      step();
    }
  }

  void step() {
    nanos += STEP.toNanos();
    server.pass(nanos);
    if (server.takeNews() || nanos >= stepAt) {
      courier.step();
      stepAt = nanos + courier.idle().toNanos();
    }
  }

  Duration since(Instant time) {
    return Duration.between(time, clock.instant());
  }

  static List<Integer> numbers(List<Sample> samples) {
    return samples.stream()
        .map(sample -> (int) ((Value.Number) sample.value()).number())
        .filter(number -> number > 0)
        .sorted()
        .toList();
  }

  List<Integer> all() {
    return IntStream.rangeClosed(1, made).boxed().toList();
  }

  @Override
  public void close() throws IOException {
    outbox.close();
  }
}
