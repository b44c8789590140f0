package fr.vigie.server.ingest;

import fr.vigie.link.Broker;
import fr.vigie.link.Courier;
import fr.vigie.link.CourierSettings;
import fr.vigie.link.CourierStatus;
import fr.vigie.link.PahoConnector;
import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A real courier with its thread, that counts parts as fast as it is told. */
final class AgentAtPress implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(20);

  private final Signal parts;
  private final Outbox outbox;
  private final Courier courier;
  private final Loop loop;
  private volatile int perStep;
  private volatile long made;

  AgentAtPress(Path folder, URI broker, String agent, String machine) throws IOException {
    this.parts = new Signal(machine, "parts", Kind.COUNTER, "1");
    Duration keep = Duration.ofDays(7);
    Files.createDirectories(folder);
    this.outbox =
        Outbox.open(
            folder.resolve("outbox"),
            new Outbox.Settings(16 << 20, 256 << 10, keep),
            InstantSource.system());
    this.courier =
        new Courier(
            CourierSettings.of("lyon", agent, "test")
                .with(Payload.COLUMNS, Duration.ofSeconds(2), Duration.ofMillis(50))
                .keeping(keep),
            List.of(parts),
            folder,
            outbox,
            new PahoConnector(new Broker(broker, "vigie-lyon-" + agent, Optional.empty()), 20),
            System::nanoTime,
            InstantSource.system(),
            new Random());
    this.loop = Loop.start("agent-" + machine, this::step);
  }

  private void step(Loop running) throws InterruptedException {
    for (int i = perStep; i > 0; i--) {
      courier.accept(parts, Sample.good(InstantSource.system().instant(), made + 1));
      made++;
    }
    courier.step();
    running.pause(STEP);
  }

  void works() {
    perStep = 1;
  }

  void rests() {
    perStep = 0;
  }

  long made() {
    return made;
  }

  CourierStatus status() {
    return courier.status();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    loop.end(Duration.ofSeconds(20));
    courier.stop();
    outbox.close();
  }
}
