package fr.vigie.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest with a broker that is not ours, and that dies. */
class MosquittoIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Press press = new Press("pi-1", 7);
  private final TinyStore store = new TinyStore();
  private Mosquitto broker;
  private IngestService ingest;
  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(Mosquitto.PROGRAM), "Mosquitto is not installed");
    broker = new Mosquitto(folder);
    ingest =
        new IngestService(
            store,
            () -> "",
            BrokerAccess.open(broker.address()),
            folder,
            List.of(),
            new SimpleMeterRegistry(),
            InstantSource.system());
    ingest.start();
    await().atMost(SOON).until(() -> ingest.brokerTrouble().isEmpty());
  }

  @AfterEach
  void stop() throws Exception {
    if (ingest != null) {
      ingest.stop();
      broker.close();
    }
  }

  @Test
  void theSameFlowAsWithTheEmbeddedBroker() throws Exception {
    try (PressClient agent = new PressClient(broker.address(), press)) {
      agent.born();
      for (long sequence = 1; sequence <= 200; sequence++) {
        agent.sends(sequence);
      }
      agent.awaitAck(200);
      agent.sends(200);
      agent.awaitAck(200);
      assertThat(store.total()).isEqualTo(2_000);
    }
  }

  @Test
  void whatABrokerLosesWhenItIsKilledIsSentAgainAndStoredOnce() throws Exception {
    store.full(true);
    PressClient before = new PressClient(broker.address(), press);
    before.born();
    for (long sequence = 1; sequence <= 100; sequence++) {
      before.sends(sequence);
    }
    broker.kill();
    before.close();
    await().atMost(SOON).until(() -> ingest.brokerTrouble().isPresent());
    store.full(false);
    broker.start();

    PressClient after = connect();
    after.born();
    for (long sequence = 1; sequence <= 100; sequence++) {
      after.sends(sequence);
    }
    await().atMost(SOON).until(() -> ingest.brokerTrouble().isEmpty());
    for (long sequence = 1; sequence <= 100; sequence++) {
      after.sends(sequence);
    }
    after.awaitAck(100);
    assertThat(store.total()).isEqualTo(1_000);
    after.close();
  }

  private PressClient connect() {
    PressClient[] client = new PressClient[1];
    await()
        .atMost(SOON)
        .ignoreException(MqttException.class)
        .until(
            () -> {
              client[0] = new PressClient(broker.address(), press);
              return true;
            });
    return client[0];
  }
}
