package fr.vigie.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real couriers, the embedded broker and ingest: what breaks between them costs nothing. */
class CourierIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Span ALWAYS =
      new Span(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z"));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private EmbeddedBroker broker;
  private IngestService ingest;
  @TempDir Path folder;

  @BeforeEach
  void start() {
    broker = broker(0);
  }

  @AfterEach
  void stop() {
    if (ingest != null) {
      ingest.stop();
    }
    broker.close();
  }

  private EmbeddedBroker broker(int port) {
    EmbeddedBroker started =
        new EmbeddedBroker("127.0.0.1", port, folder.resolve("broker"), IngestService.DATA_FILTER);
    started.start();
    return started;
  }

  private void ingest(Store store, String generation) {
    ingest =
        new IngestService(
            store,
            () -> generation,
            BrokerAccess.open(broker.address()),
            folder,
            List.of(),
            meters,
            InstantSource.system());
    ingest.start();
    await().atMost(SOON).until(() -> ingest.brokerTrouble().isEmpty());
  }

  private static List<Long> parts(Store store, String machine) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Sample sample : store.range(new Series("lyon", machine, "parts"), ALWAYS)) {
      numbers.add((long) ((Value.Number) sample.value()).number());
    }
    return numbers.stream().sorted().toList();
  }

  private static void awaitAll(Store store, AgentAtPress agent, String machine) throws IOException {
    agent.rests();
    await().atMost(SOON).until(() -> agent.status().waiting() == 0);
    assertThat(parts(store, machine))
        .isEqualTo(LongStream.rangeClosed(1, agent.made()).boxed().toList());
  }

  @Test
  void aSlowStoreSlowsItsAgentsDownAndLosesNothing() throws Exception {
    TinyStore store = new TinyStore();
    AtomicLong each = new AtomicLong(200_000_000);
    store.beforeWrite(
        batches -> {
          long until = System.nanoTime() + batches.size() * each.get();
          while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
          }
        });
    ingest(store, "");
    List<AgentAtPress> agents = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      agents.add(new AgentAtPress(folder.resolve("pi-" + i), broker.address(), "pi-" + i, "m" + i));
    }
    agents.forEach(AgentAtPress::works);
    await().atMost(SOON).until(() -> agents.stream().allMatch(a -> a.status().connected()));
    List<Instant> since = agents.stream().map(agent -> agent.status().since()).toList();
    await().atMost(SOON).until(() -> agents.stream().allMatch(a -> a.made() > 600));
    double waiting = meters.get("vigie.ingest.inbox.messages").gauge().value();
    double turnedAway = meters.get("vigie.ingest.inbox.turned.away").gauge().value();

    assertThat(waiting).as("messages in the server's memory").isLessThan(150);
    assertThat(turnedAway).isZero();
    assertThat(agents.stream().map(agent -> agent.status().since()).toList())
        .as("nobody has connected anew")
        .isEqualTo(since);
    each.set(0);
    for (int i = 1; i <= 3; i++) {
      awaitAll(store, agents.get(i - 1), "m" + i);
      agents.get(i - 1).close();
    }
  }

  @Test
  void aServerPutBackFromAnOldCopyGetsBackWhatItHadAcknowledged() throws Exception {
    Path now = folder.resolve("store");
    Path copy = folder.resolve("copy");
    try (AgentAtPress agent =
        new AgentAtPress(folder.resolve("pi"), broker.address(), "pi", "press")) {
      agent.works();
      try (Store store = open(now)) {
        ingest(store, "first");
        await().atMost(SOON).until(() -> ingest.agents().agents().stream().anyMatch(this::is100));
        ingest.stop();
      }
      copy(now, copy);
      try (Store store = open(now)) {
        ingest(store, "first");
        long before = agent.made();
        await().atMost(SOON).until(() -> agent.made() > before + 150);
        await().atMost(SOON).until(() -> parts(store, "press").size() > before + 100);
        ingest.stop();
      }
      try (Store store = open(copy)) {
        int lost = parts(store, "press").size();
        ingest(store, "second");
        await().atMost(SOON).until(() -> parts(store, "press").size() > lost + 200);
        awaitAll(store, agent, "press");
        assertThat(store.losses("lyon", ALWAYS)).isEmpty();
        ingest.stop();
        ingest = null;
      }
    }
  }

  private boolean is100(AgentSeen seen) {
    return seen.samples() > 100;
  }

  @Test
  void afterAnOutageOfTheBrokerWhatIsLiveComesFirstAndAllOfItComes() throws Exception {
    TinyStore store = new TinyStore();
    ingest(store, "");
    int port = broker.address().getPort();
    try (AgentAtPress agent =
        new AgentAtPress(folder.resolve("pi"), broker.address(), "pi", "press")) {
      agent.works();
      await().atMost(SOON).until(() -> store.total() > 50);
      broker.close();
      long before = agent.made();
      await().atMost(SOON).until(() -> agent.made() > before + 250);
      long epoch = agent.status().epoch();
      broker = broker(port);
      await().atMost(SOON).until(() -> agent.status().connected());

      assertThat(agent.status().epoch())
          .as("what is live has an epoch of its own")
          .isGreaterThan(epoch);
      awaitAll(store, agent, "press");
    }
  }

  @Test
  void twoAgentsOfOneNameLeaveEachOtherAloneAndTheServerSaysSo() throws Exception {
    TinyStore store = new TinyStore();
    ingest(store, "");
    try (AgentAtPress one = new AgentAtPress(folder.resolve("1"), broker.address(), "pi", "m1");
        AgentAtPress other = new AgentAtPress(folder.resolve("2"), broker.address(), "pi", "m2")) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  Stream.of(one, other)
                      .anyMatch(a -> a.status().problem().contains("another agent named pi")));
      await()
          .atMost(SOON)
          .until(() -> ingest.agents().alarm(new Press("pi", 0).source()).isPresent());

      assertThat(ingest.agents().alarm(new Press("pi", 0).source()).orElseThrow().text())
          .contains("two agents are named pi");
    }
  }

  private static Store open(Path path) throws IOException {
    return SqliteStore.open(path, SqliteStore.Settings.DEFAULT, InstantSource.system());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
