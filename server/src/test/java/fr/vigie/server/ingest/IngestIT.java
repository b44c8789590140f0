package fr.vigie.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.wire.Command;
import fr.vigie.wire.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest against the embedded broker, with agents on real MQTT. */
class IngestIT {
  private final Press press = new Press("pi-1", 7);
  private final TinyStore store = new TinyStore();
  private EmbeddedBroker broker;
  private IngestService ingest;
  @TempDir Path folder;

  @BeforeEach
  void start() {
    broker =
        new EmbeddedBroker("127.0.0.1", 0, folder.resolve("broker"), IngestService.DATA_FILTER);
    broker.start();
    ingest = ingest();
  }

  @AfterEach
  void stop() {
    ingest.stop();
    broker.close();
    assertThat(folder.resolve("broker")).as("the broker keeps nothing on disk").doesNotExist();
  }

  @Test
  void theAcknowledgementComesOnlyAfterTheCommit() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch disk = new CountDownLatch(1);
    store.beforeWrite(
        batches -> {
          writing.countDown();
          try {
            assertThat(disk.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.born();
      agent.sends(1);
      assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(agent.acks.poll(300, TimeUnit.MILLISECONDS)).isNull();

      disk.countDown();

      assertThat(agent.awaitAck(1).refused()).isEmpty();
      assertThat(store.total()).isEqualTo(10);
    }
  }

  @Test
  void whatIsSentAgainIsStoredOnce() throws Exception {
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.born();
      for (long sequence = 1; sequence <= 50; sequence++) {
        agent.sends(sequence);
      }
      agent.awaitAck(50);
      for (long sequence = 1; sequence <= 50; sequence++) {
        agent.sends(sequence);
      }
      agent.awaitAck(50);
      assertThat(store.total()).isEqualTo(500);
    }
  }

  @Test
  void anAgentThatIsCutOffGoesOnWhereItWas() throws Exception {
    PressClient before = new PressClient(broker.address(), press);
    before.born();
    before.sends(1);
    before.awaitAck(1);
    before.sends(2);
    before.cut();
    try (PressClient after = new PressClient(broker.address(), press)) {
      after.born();
      after.sends(2);
      after.sends(3);
      after.awaitAck(3);
      assertThat(store.total()).isEqualTo(30);
    }
  }

  @Test
  void aRetainedBirthIsHeardByAServerThatStartsLater() throws Exception {
    ingest.stop();
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.born();
      ingest = ingest();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> ingest.agents().agent(press.source()).isPresent());
      agent.sends(1);
      agent.awaitAck(1);
      assertThat(ingest.agents().agent(press.source()).orElseThrow().birth())
          .contains(press.birth());
    }
  }

  @Test
  void anAgentWithoutABirthIsAskedForIt() throws Exception {
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.sends(1);
      Command command = agent.commands.poll(20, TimeUnit.SECONDS);
      assertThat(command).isNotNull();
      assertThat(command.name()).isEqualTo(Command.BIRTH);
      agent.born();
      agent.sends(1);
      agent.awaitAck(1);
    }
  }

  @Test
  void poisonDoesNotHoldUpWhatFollows() throws Exception {
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.born();
      agent.sends(1);
      agent.send(Topic.Channel.DATA, new byte[0], false);
      agent.send(Topic.Channel.DATA, new byte[1_000_000], false);
      agent.send(
          Topic.Channel.DATA,
          "{\"v\":1,\"epoch\":\"7\",\"sequence\":2,\"groups\":null}"
              .getBytes(StandardCharsets.UTF_8),
          false);
      agent.sends(3);

      assertThat(agent.awaitAck(3).refused()).singleElement().matches(r -> r.sequence() == 2);
      assertThat(store.total()).isEqualTo(20);
      assertThat(ingest.deadLetters().list()).hasSize(3);
    }
  }

  @Test
  void aFullStoreIsSeenAndRecoversByItself() throws Exception {
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.born();
      store.full(true);
      agent.sends(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> ingest.storeTrouble().isPresent());
      assertThat(ingest.storeTrouble().orElseThrow().reason()).contains("No space");
      assertThat(agent.acks).allMatch(ack -> ack.sequence() == 0);

      store.full(false);

      agent.awaitAck(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> ingest.storeTrouble().isEmpty());
    }
  }

  @Test
  void aBrokerThatDiesAndComesBackIsFoundAgain() throws Exception {
    int port = broker.address().getPort();
    broker.close();
    await().atMost(Duration.ofSeconds(20)).until(() -> ingest.brokerTrouble().isPresent());
    broker =
        new EmbeddedBroker("127.0.0.1", port, folder.resolve("broker"), IngestService.DATA_FILTER);
    broker.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> ingest.brokerTrouble().isEmpty());
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.born();
      agent.sends(1);
      agent.awaitAck(1);
    }
  }

  private IngestService ingest() {
    IngestService service =
        new IngestService(
            store,
            () -> "",
            BrokerAccess.open(broker.address()),
            folder,
            List.of(),
            new SimpleMeterRegistry(),
            InstantSource.system());
    service.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> service.brokerTrouble().isEmpty());
    return service;
  }
}
