package fr.vigie.bench;

import fr.vigie.column.Column;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * From MQTT to the committed store, ours beside InfluxDB and VictoriaMetrics. Ours is one server
 * process with its broker. The others get the same samples in batches of the same size as lines of
 * the line protocol through Mosquitto; what takes them from there to the database is left out of
 * their figure, in their favour. Counted is user and system time of broker and store, from the
 * first batch until six seconds after the last acknowledgement; a first quarter warms up.
 */
final class PeersBench {
  private static final long REST = TimeUnit.SECONDS.toNanos(6);

  private PeersBench() {}

  /** What was measured. */
  private record Figure(double rate, double broker, double store) {
    double perMillion() {
      return broker + store;
    }
  }

  /** Sends one round and waits for every acknowledgement. */
  private interface Round {
    void send(long epoch, int batches) throws Exception;
  }

  static void run(int batches) throws Exception {
    Path folder = Files.createTempDirectory("vigie-peers-bench");
    System.out.printf(
        "%d agents, %d batches each of %,d samples; CPU seconds a million samples%n",
        IngestBench.AGENTS, batches, Sender.SAMPLES);
    System.out.printf(
        "%-44s %12s %8s %8s %8s %8s%n", "", "samples/s", "broker", "store", "all", "to ours");
    Figure ours;
    try (Child server = Child.server(folder.resolve("ours"))) {
      URI broker = broker(folder.resolve("ours"));
      ours = measure(List.of(), server, batches, (epoch, count) -> senders(broker, epoch, count));
    }
    print("Vigie, SQLite chunks (broker within)", ours, ours);
    if (Files.isExecutable(Path.of("/usr/sbin/mosquitto"))) {
      peer("InfluxDB", "/usr/bin/influxd", folder, batches, ours);
      peer("VictoriaMetrics", "/usr/bin/victoria-metrics", folder, batches, ours);
    } else {
      System.out.println("peers: not run, Mosquitto is not installed: apt install mosquitto");
    }
  }

  private static void peer(String name, String program, Path folder, int batches, Figure ours)
      throws Exception {
    if (!Files.isExecutable(Path.of(program))) {
      System.out.printf("%-44s not run: %s is not installed%n", name, program);
      return;
    }
    Path own = Files.createDirectory(folder.resolve(name));
    int mqtt = Child.freePort();
    int http = Child.freePort();
    Path config = own.resolve("mosquitto.conf");
    Files.write(
        config,
        List.of(
            "listener " + mqtt + " 127.0.0.1",
            "allow_anonymous true",
            "max_queued_messages 0",
            "max_inflight_messages 0"));
    URI database = URI.create("http://127.0.0.1:" + http);
    try (Child broker =
            Child.start(
                own.resolve("broker.log"),
                List.of("/usr/sbin/mosquitto", "-c", config.toString()));
        Child store = Child.start(own.resolve("store.log"), command(program, own, http));
        Bridge bridge = Bridge.open(mqtt, database, store, own)) {
      Figure figure = measure(List.of(broker), store, batches, bridge::send);
      print("Mosquitto and " + name + ", line protocol", figure, ours);
    }
  }

  static List<String> command(String program, Path own, int http) throws IOException {
    if (!program.endsWith("influxd")) {
      return List.of(
          program,
          "-httpListenAddr=127.0.0.1:" + http,
          "-storageDataPath=" + own.resolve("data"),
          "-retentionPeriod=100y",
          "-dedup.minScrapeInterval=1ms");
    }
    Path config = own.resolve("influxdb.conf");
    Files.write(
        config,
        List.of(
            "reporting-disabled = true",
            "bind-address = \"127.0.0.1:" + Child.freePort() + '"',
            "[meta]",
            "dir = \"" + own.resolve("meta") + '"',
            "[data]",
            "dir = \"" + own.resolve("data") + '"',
            "wal-dir = \"" + own.resolve("wal") + '"',
            "[monitor]",
            "store-enabled = false",
            "[http]",
            "bind-address = \"127.0.0.1:" + http + '"',
            "log-enabled = false"));
    return List.of(program, "-config", config.toString());
  }

  private static Figure measure(List<Child> brokers, Child store, int batches, Round round)
      throws Exception {
    round.send(1, Math.max(1, batches / 4));
    LockSupport.parkNanos(REST);
    double broker = brokers.stream().mapToDouble(Child::cpuSeconds).sum();
    double before = store.cpuSeconds();
    long start = System.nanoTime();
    round.send(2, batches);
    double seconds = (System.nanoTime() - start) / 1e9;
    for (long end = System.nanoTime() + REST; System.nanoTime() < end; ) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    double samples = (double) IngestBench.AGENTS * batches * Sender.SAMPLES;
    return new Figure(
        samples / seconds,
        (brokers.stream().mapToDouble(Child::cpuSeconds).sum() - broker) / samples * 1e6,
        (store.cpuSeconds() - before) / samples * 1e6);
  }

  private static void print(String name, Figure figure, Figure ours) {
    System.out.printf(
        "%-44s %,12.0f %8.2f %8.2f %8.2f %8.1f%n",
        name,
        figure.rate(),
        figure.broker(),
        figure.store(),
        figure.perMillion(),
        figure.perMillion() / ours.perMillion());
  }

  static URI broker(Path folder) throws IOException {
    String json = Files.readString(folder.resolve("server.json"));
    return URI.create(json.replaceAll("(?s).*\"mqtt\": \"([^\"]+)\".*", "$1"));
  }

  static void senders(URI broker, long epoch, int batches) throws Exception {
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < IngestBench.AGENTS; i++) {
      senders.add(new Sender(broker, "agent-" + i, epoch, batches));
    }
    together(senders.stream().<Runnable>map(sender -> sender::run).toList());
    for (Sender sender : senders) {
      sender.close();
    }
  }

  static void together(List<Runnable> works) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Runnable work : works) {
      Thread thread = new Thread(work);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Takes lines from the broker to the database, and counts what the database has taken. */
  private static final class Bridge implements AutoCloseable, MqttCallback {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final Map<String, Semaphore> windows = new HashMap<>();
    private final MqttAsyncClient in;
    private final MqttAsyncClient out;
    private final URI write;

    private Bridge(int mqtt, URI database) throws MqttException {
      String broker = "tcp://127.0.0.1:" + mqtt;
      write = database.resolve("/write?db=bench&precision=ms");
      in = new MqttAsyncClient(broker, "bridge", new MemoryPersistence());
      out = new MqttAsyncClient(broker, "agents", new MemoryPersistence());
      for (int i = 0; i < IngestBench.AGENTS; i++) {
        windows.put("lines/agent-" + i, new Semaphore(Sender.WINDOW));
      }
    }

    static Bridge open(int mqtt, URI database, Child store, Path own) throws Exception {
      Bridge bridge = new Bridge(mqtt, database);
      store.await(
          () -> bridge.post("/query?q=CREATE+DATABASE+bench", ""), own.resolve("store.log"));
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMaxInflight(60_000);
      bridge.in.setCallback(bridge);
      bridge.in.connect(options).waitForCompletion();
      bridge.in.subscribe("lines/+", 1).waitForCompletion();
      bridge.out.connect(options).waitForCompletion();
      return bridge;
    }

    void send(long epoch, int batches) throws InterruptedException {
      List<Runnable> works = new ArrayList<>();
      for (int i = 0; i < IngestBench.AGENTS; i++) {
        String agent = "agent-" + i;
        works.add(() -> send(agent, epoch, batches));
      }
      together(works);
    }

    private void send(String agent, long epoch, int batches) {
      Random random = new Random(agent.hashCode());
      Semaphore window = Objects.requireNonNull(windows.get("lines/" + agent));
      try {
        for (int sequence = 1; sequence <= batches; sequence++) {
          byte[] lines = lines(agent, epoch, sequence, random);
          window.acquire();
          out.publish("lines/" + agent, lines, 1, false);
        }
        window.acquire(Sender.WINDOW);
        window.release(Sender.WINDOW);
      } catch (MqttException | InterruptedException e) {
        throw new IllegalStateException(agent + " stopped", e);
      }
    }

    private static byte[] lines(String agent, long epoch, int sequence, Random random) {
      StringBuilder text = new StringBuilder(80_000);
      for (int signal = 0; signal < Sender.SIGNALS; signal++) {
        Column column = Sender.column(epoch, sequence, signal, random);
        for (int i = 0; i < column.size(); i++) {
          text.append("vigie,machine=")
              .append(agent)
              .append(",signal=signal-")
              .append(signal)
              .append(",site=site value=")
              .append(column.number(i))
              .append(' ')
              .append(column.nanos(i) / 1_000_000)
              .append('\n');
        }
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private boolean post(String path, String body) {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(write.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
        return true;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      byte[] lines = message.getPayload();
      workers.submit(
          () -> {
            HttpRequest request =
                HttpRequest.newBuilder(write)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(lines))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 204) {
              System.err.println("refused: " + answer.body());
            }
            Objects.requireNonNull(windows.get(topic)).release();
            return true;
          });
    }

    @Override
    public void connectionLost(Throwable cause) {
      System.err.println("the bridge lost its broker: " + cause);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

    @Override
    public void close() throws MqttException {
      in.disconnectForcibly(1000, 1000);
      out.disconnectForcibly(1000, 1000);
      in.close();
      out.close();
      workers.shutdownNow();
    }
  }
}
