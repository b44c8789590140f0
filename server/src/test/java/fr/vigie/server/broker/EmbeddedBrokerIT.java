package fr.vigie.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps that a trial of Artemis showed, and the ones of MQTT brokers in general. */
class EmbeddedBrokerIT {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static EmbeddedBroker broker;
  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    broker = new EmbeddedBroker("127.0.0.1", 0, folder, "precious/#");
    broker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
    assertThat(folder).as("nothing is kept on disk").isEmptyDirectory();
  }

  @Test
  void aPacketAboveTheLimitIsCutOffBeforeItIsGathered() throws Exception {
    long before = broker.refused();
    try (RawClient client = new RawClient(broker.address()).connected("large")) {
      client.send(RawClient.header(0x30, EmbeddedBroker.LARGEST_PACKET + 1));
      client.send(new byte[100]);
      assertThat(client.isCutWithin(SOON)).isTrue();
    }
    assertThat(broker.refused()).isEqualTo(before + 1);
  }

  @Test
  void aConnectAboveTheLimitIsCutOff() throws Exception {
    try (RawClient client = new RawClient(broker.address())) {
      client.send(RawClient.header(0x10, 200 << 20));
      client.send(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 0});
      assertThat(client.isCutWithin(SOON)).isTrue();
    }
  }

  @Test
  void aLargePacketWithinTheLimitArrivesWhole() throws Exception {
    try (Pair pair = new Pair("large/one")) {
      byte[] payload = new byte[3 << 20];
      payload[payload.length - 1] = 7;
      pair.client.publish("large/one", payload, 1, false);
      assertThat(pair.received.poll(10, TimeUnit.SECONDS)).isEqualTo(payload);
    }
  }

  @Test
  void whoDoesNotBeginWithConnectIsCutOff() throws Exception {
    for (byte[] start :
        List.of(
            new byte[] {0x40, 2, 0, 1, 0, 0, 0, 0, 0},
            new byte[] {0x30, 7, 0, 3, 'a', '/', 'b', 'x', 'y'},
            "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII))) {
      try (RawClient client = new RawClient(broker.address())) {
        client.send(start);
        assertThat(client.isCutWithin(Duration.ofSeconds(15))).isTrue();
      }
    }
  }

  @Test
  void whoStaysSilentIsCutOff() throws Exception {
    try (RawClient client = new RawClient(broker.address());
        RawClient half = new RawClient(broker.address())) {
      half.send(new byte[] {0x10, 20, 0, 4, 'M', 'Q', 'T', 'T', 4});
      assertThat(client.isCutWithin(Duration.ofSeconds(15))).isTrue();
      assertThat(half.isCutWithin(Duration.ofSeconds(15))).as("half a CONNECT").isTrue();
    }
  }

  @Test
  void topicsThatArtemisWouldCorruptOrChokeOnAreCutOff() throws Exception {
    for (String topic :
        List.of("a\\b", "vigie/v1/s\\/a/data", "a/+/b", "a/#", "/".repeat(60_000), "a\u0001b")) {
      try (RawClient client = new RawClient(broker.address()).connected("odd")) {
        client.publish(topic, new byte[10]);
        assertThat(client.isCutWithin(SOON)).as(topic.substring(0, 3)).isTrue();
      }
    }
    for (String filter : List.of("a\\b", "/".repeat(60_000))) {
      try (RawClient client = new RawClient(broker.address()).connected("odd")) {
        client.subscribe(filter);
        assertThat(client.isCutWithin(SOON)).as(filter.substring(0, 3)).isTrue();
      }
    }
  }

  @Test
  void everyNameAndLevelTravelsUnchanged() throws Exception {
    for (String topic :
        List.of("vigie/v1/a.b/c_d-e/data", "vigie/v1/A/*/x", "a b/é/日本", "/lead", "trail/")) {
      try (Pair pair = new Pair("#")) {
        pair.client.publish(topic, "x".getBytes(StandardCharsets.UTF_8), 1, false);
        assertThat(pair.topics.poll(10, TimeUnit.SECONDS)).isEqualTo(topic);
      }
    }
  }

  @Test
  void aRetainedMessageReachesWhoComesLaterAndCanBeTakenBack() throws Exception {
    try (Pair pair = new Pair("other")) {
      pair.client.publish("kept/birth", new byte[] {1}, 1, true);
      pair.client.publish("kept/birth", new byte[] {2}, 1, true);
    }
    try (Pair pair = new Pair("kept/+")) {
      assertThat(pair.received.poll(10, TimeUnit.SECONDS)).containsExactly(2);
      assertThat(pair.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
      pair.client.publish("kept/birth", new byte[0], 1, true);
      assertThat(pair.received.poll(10, TimeUnit.SECONDS)).isEmpty();
    }
    try (Pair pair = new Pair("kept/+")) {
      assertThat(pair.received.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void aTakenPortIsSaidInOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (EmbeddedBroker second =
          new EmbeddedBroker("127.0.0.1", taken.getLocalPort(), folder, "precious/#")) {
        assertThatExceptionOfType(BrokerException.class)
            .isThrownBy(second::start)
            .withMessageContaining("port " + taken.getLocalPort() + " is in use");
      }
    }
  }

  /** A queue that nobody reads may not take the memory, nor keep others from being served. */
  @Test
  void aSubscriberThatStaysAwayDoesNotStopTheOthers() throws Exception {
    MqttConnectOptions away = new MqttConnectOptions();
    away.setCleanSession(false);
    MqttClient sleeper = client("sleeper");
    sleeper.connect(away);
    sleeper.subscribe("flood/#", 1);
    sleeper.disconnect();
    sleeper.close();
    byte[] payload = new byte[1 << 20];
    try (Pair pair = new Pair("flood/+")) {
      for (int i = 0; i < 100; i++) {
        pair.client.publish("flood/a", payload, 1, false);
        assertThat(pair.received.poll(10, TimeUnit.SECONDS)).hasSize(payload.length);
      }
    }
  }

  @Test
  void aSubscriberThatDoesNotListenMissesTheOldestAndHoldsUpNobody() throws Exception {
    try (RawClient deaf = new RawClient(broker.address()).connected("deaf");
        Pair pair = new Pair("noise/+")) {
      deaf.subscribe("noise/#");
      byte[] payload = new byte[50_000];
      for (int i = 0; i < 1_000; i++) {
        pair.client.publish("noise/a", payload, 0, false);
        assertThat(pair.received.poll(10, TimeUnit.SECONDS)).as("message %d", i).isNotNull();
      }
    }
  }

  @Test
  void whoIsCutOffDoesNotDisturbTheOthers() throws Exception {
    try (Pair pair = new Pair("steady/#")) {
      for (int i = 0; i < 50; i++) {
        try (RawClient client = new RawClient(broker.address()).connected("bad" + i)) {
          client.publish("a\\b", new byte[1]);
          assertThat(client.isCutWithin(SOON)).isTrue();
        }
        pair.client.publish("steady/a", new byte[] {(byte) i}, 1, false);
        assertThat(pair.received.poll(10, TimeUnit.SECONDS)).containsExactly(i);
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> broker.connections() <= 2);
    }
  }

  private static MqttClient client(String id) throws MqttException {
    return new MqttClient(broker.address().toString(), id, new MemoryPersistence());
  }

  /** A client that hears what matches a filter. */
  private static final class Pair implements AutoCloseable {
    private final MqttClient client;
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> topics = new LinkedBlockingQueue<>();

    Pair(String filter) throws MqttException {
      client = client(MqttClient.generateClientId());
      client.setTimeToWait(10_000);
      client.connect();
      client.subscribe(
          filter,
          1,
          (topic, message) -> {
            topics.add(topic);
            received.add(message.getPayload());
          });
    }

    @Override
    public void close() throws MqttException {
      if (client.isConnected()) {
        client.disconnectForcibly(100, 100);
      }
      client.close(true);
    }
  }
}
