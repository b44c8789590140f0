package fr.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.vigie.column.Column;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.lines.RealServer;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Payload;
import fr.vigie.wire.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server in a process of its own, as people run it. */
class ServerIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Birth BIRTH =
      new Birth(
          "pi-1",
          "test",
          Instant.parse("2026-11-02T06:00:00Z"),
          List.of(new Signal("press", "temperature", Kind.GAUGE, "Cel")));

  @TempDir Path folder;

  @Test
  void itSaysWhereItIsStoresWhatItAcknowledgedAndEndsInOrder() throws Exception {
    Path data = folder.resolve("data");
    try (ServerProcess server = start(data)) {
      URI http = URI.create(found(data, "http"));
      assertThat(found(data, "pid")).isEqualTo(Long.toString(server.pid()));
      assertThat(server.output())
          .contains("page " + http)
          .contains(found(data, "mqtt") + " (embedded)");
      assertThat(get(http.resolve("actuator/health"))).contains("\"status\":\"UP\"");
      send(URI.create(found(data, "mqtt")), 1, 20);
      String stored = get(http.resolve("actuator/metrics/vigie.ingest.samples.stored"));
      assertThat(stored).contains("\"value\":2000");
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.output()).doesNotContain("\tat ");
    }
    assertThat(data.resolve("server.json")).doesNotExist();
    assertThat(stored(data)).isEqualTo(2_000);
  }

  @Test
  void whatWasAcknowledgedOutlivesAKillAndTheNextRunGoesOn() throws Exception {
    Path data = folder.resolve("data");
    try (ServerProcess server = start(data)) {
      send(URI.create(found(data, "mqtt")), 1, 20);
      server.kill();
      server.exitCode();
    }
    Files.delete(data.resolve("server.json"));
    try (ServerProcess server = start(data)) {
      send(URI.create(found(data, "mqtt")), 11, 30);
      server.terminate();
      server.exitCode();
    }
    assertThat(stored(data)).isEqualTo(3_000);
  }

  @Test
  void aDatabaseThatIsAwayIsNamedAndWaitedFor() throws Exception {
    Path data = folder.resolve("data");
    try (RealServer influx = RealServer.influx(Files.createDirectory(folder.resolve("influx")))) {
      influx.kill();
      Path config = folder.resolve("server.yaml");
      Files.writeString(
          config, "vigie: {store: influx, store-url: '%s'}".formatted(influx.address()));
      try (ServerProcess server = start(data, "--site", "lyon", "--config", config.toString())) {
        URI http = URI.create(found(data, "http"));
        URI health = http.resolve("actuator/health");
        await().atMost(SOON).until(() -> get(health).contains("DOWN"));
        assertThat(get(health))
            .contains("InfluxDB at " + influx.address() + ", database vigie does not answer")
            .contains("\"since\"");
        URI broker = URI.create(found(data, "mqtt"));
        Future<Boolean> sent =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    send(broker, 1, 20);
                    return true;
                  } catch (Exception e) {
                    throw new CompletionException(e);
                  }
                });
        await().atMost(SOON).until(() -> server.output().contains("agents keep what they have"));
        influx.restart();

        assertThat(sent.get()).isTrue();
        assertThat(get(health)).contains("\"status\":\"UP\"").doesNotContain("DOWN");
        assertThat(get(http.resolve("api/v1/series/press/temperature/count")))
            .contains("\"count\":2000");
        server.terminate();
        assertThat(server.exitCode()).isEqualTo(143);
        assertThat(server.output()).doesNotContain("\tat ");
      }
    }
  }

  @Test
  void takenPortsAndFoldersEndWithOneLineAndCode78() throws Exception {
    Path data = folder.resolve("data");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (String option : List.of("--port", "--mqtt-port")) {
        String other = option.equals("--port") ? "--mqtt-port" : "--port";
        try (ServerProcess server =
            new ServerProcess(
                folder.resolve("log"), option, port, other, "0", "--data", data.toString())) {
          assertThat(server.exitCode()).isEqualTo(78);
          assertThat(server.output())
              .contains("port " + port + " is in use")
              .contains(option)
              .doesNotContain("\tat ");
        }
      }
    }
    try (ServerProcess first = start(data);
        ServerProcess second =
            new ServerProcess(
                folder.resolve("second"),
                "--port",
                "0",
                "--mqtt-port",
                "0",
                "--data",
                data.toString())) {
      assertThat(second.exitCode()).isEqualTo(78);
      assertThat(second.output()).contains("vigie.data: found").doesNotContain("\tat ");
      assertThat(found(data, "pid")).isEqualTo(Long.toString(first.pid()));
    }
  }

  private ServerProcess start(Path data, String... options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--port", "0", "--mqtt-port", "0", "--data", data.toString()));
    all.addAll(List.of(options));
    ServerProcess server = new ServerProcess(folder.resolve("log"), all.toArray(String[]::new));
    await().atMost(SOON).until(() -> Files.exists(data.resolve("server.json")));
    return server;
  }

  private static void send(URI broker, long from, long to) throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    try (MqttClient agent = new MqttClient(broker.toString(), "pi-1", new MemoryPersistence())) {
      agent.connect();
      agent.subscribe(
          topic(Topic.Channel.ACK),
          1,
          (topic, message) -> acknowledged.set(AckCodec.decode(message.getPayload()).sequence()));
      agent.publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(BIRTH), 1, true);
      for (long sequence = from; sequence <= to; sequence++) {
        agent.publish(
            topic(Topic.Channel.DATA),
            BatchCodec.encode(batch(sequence), Payload.COLUMNS),
            1,
            false);
      }
      await().atMost(Duration.ofMinutes(3)).until(() -> acknowledged.get() >= to);
      agent.disconnect();
    }
  }

  private static Batch batch(long sequence) {
    Column.Builder column = Column.numbers();
    for (int i = 0; i < 100; i++) {
      column.add((1_793_599_200L + sequence * 100 + i) * 1_000_000_000L, i / 10.0, Quality.GOOD);
    }
    return new Batch(
        5, sequence, 0, BIRTH.id(), List.of(new Batch.Part(0, column.build())), List.of());
  }

  private static long stored(Path data) throws IOException {
    try (SqliteStore store =
        SqliteStore.open(
            data.resolve("store"), SqliteStore.Settings.DEFAULT, InstantSource.system())) {
      Span always =
          new Span(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2040-01-01T00:00:00Z"));
      return store.count(new Series("lyon", "press", "temperature"), always);
    }
  }

  private static String topic(Topic.Channel channel) {
    return new Topic("lyon", "pi-1", channel).toString();
  }

  private static String found(Path data, String key) throws IOException {
    Matcher matcher =
        Pattern.compile('"' + key + "\": \"?([^\",}]+)")
            .matcher(Files.readString(data.resolve("server.json")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String get(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
