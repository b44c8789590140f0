package fr.vigie.bench;

import com.sun.management.OperatingSystemMXBean;
import fr.vigie.column.Column;
import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.server.ingest.BrokerAccess;
import fr.vigie.server.ingest.IngestService;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Payload;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * From MQTT to the committed store: agents send batches as fast as acknowledgements come back, a
 * window of unacknowledged batches each. Agents, broker, ingest and store share one process and its
 * cores, so the figure is below what a server alone can take. Batches are encoded before the clock
 * starts. Arguments: how many batches an agent sends, and the address of the broker of a running
 * server when that is to be measured instead.
 */
public final class IngestBench {
  private static final int AGENTS = 10;
  private static final int SIGNALS = 20;
  private static final int SAMPLES = 1_000;
  private static final int WINDOW = 64;

  private static final Logger ROOT = Logger.getLogger("");

  private IngestBench() {}

  public static void main(String[] arguments) throws Exception {
    ROOT.setLevel(Level.SEVERE);
    int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    Path folder = Files.createTempDirectory("vigie-ingest-bench");
    System.out.printf(
        "%d agents, %d batches each of %,d samples of %d signals, window %d%n",
        AGENTS, batches, SAMPLES, SIGNALS, WINDOW);
    System.out.printf(
        "%-34s %14s %12s %16s %14s%n",
        "", "samples/s", "seconds", "CPU s/M samples", "bytes/sample");
    if (arguments.length > 1) {
      measure(URI.create(arguments[1]), batches, "to " + arguments[1] + ", senders only");
      return;
    }
    for (int round = 1; round <= 3; round++) {
      run(folder.resolve("run-" + round), batches, round);
    }
  }

  private static void run(Path folder, int batches, int round) throws Exception {
    Files.createDirectories(folder);
    try (SqliteStore store =
            SqliteStore.open(
                folder.resolve("store"), SqliteStore.Settings.DEFAULT, InstantSource.system());
        EmbeddedBroker broker =
            new EmbeddedBroker(
                "127.0.0.1", 0, folder.resolve("broker"), IngestService.DATA_FILTER)) {
      broker.start();
      IngestService ingest =
          new IngestService(
              store,
              () -> "",
              BrokerAccess.open(broker.address()),
              folder,
              List.of(),
              new SimpleMeterRegistry(),
              InstantSource.system());
      ingest.start();
      while (ingest.brokerTrouble().isPresent()) {
        Thread.onSpinWait();
      }
      measure(broker.address(), batches, "MQTT to committed store, round " + round);
      ingest.stop();
    }
  }

  private static void measure(URI broker, int batches, String what) throws Exception {
    List<Sender> senders = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < AGENTS; i++) {
      Sender sender = new Sender(broker, "agent-" + i, batches);
      bytes += sender.bytes();
      senders.add(sender);
    }
    long cpu = cpu();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (Sender sender : senders) {
      Thread thread = new Thread(sender::run);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double total = (double) AGENTS * batches * SAMPLES;
    System.out.printf(
        "%-34s %,14.0f %12.1f %16.2f %14.2f%n",
        what, total / seconds, seconds, (cpu() - cpu) / 1e9 / (total / 1e6), bytes / total);
    for (Sender sender : senders) {
      sender.close();
    }
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** An agent that sends as fast as it is let. */
  private static final class Sender implements AutoCloseable {
    private final String agent;
    private final MqttAsyncClient client;
    private final List<byte[]> payloads = new ArrayList<>();
    private final Semaphore window = new Semaphore(WINDOW);
    private long acknowledged;

    Sender(URI broker, String agent, int batches) throws MqttException {
      this.agent = agent;
      List<Signal> signals = new ArrayList<>();
      for (int i = 0; i < SIGNALS; i++) {
        signals.add(new Signal("machine", "signal-" + i, Kind.GAUGE, "Cel"));
      }
      Birth birth = new Birth(agent, "bench", Instant.EPOCH, signals);
      Random random = new Random(agent.hashCode());
      for (int sequence = 1; sequence <= batches; sequence++) {
        payloads.add(BatchCodec.encode(batch(sequence, birth.id(), random), Payload.COLUMNS));
      }
      client = new MqttAsyncClient(broker.toString(), agent, new MemoryPersistence());
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMaxInflight(WINDOW * 2);
      client.setCallback(new Ear());
      client.connect(options).waitForCompletion();
      client.subscribe(topic(Topic.Channel.ACK), 1).waitForCompletion();
      client
          .publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(birth), 1, true)
          .waitForCompletion();
    }

    long bytes() {
      return payloads.stream().mapToLong(payload -> payload.length).sum();
    }

    void run() {
      try {
        for (byte[] payload : payloads) {
          if (!window.tryAcquire(60, TimeUnit.SECONDS)) {
            throw new IOException("no acknowledgement within a minute");
          }
          client.publish(topic(Topic.Channel.DATA), payload, 1, false);
        }
        if (!window.tryAcquire(WINDOW, 60, TimeUnit.SECONDS)) {
          throw new IOException("the last acknowledgements did not come within a minute");
        }
      } catch (MqttException | IOException | InterruptedException e) {
        throw new IllegalStateException(agent + " stopped", e);
      }
    }

    @Override
    public void close() throws MqttException {
      client.disconnect().waitForCompletion();
      client.close();
    }

    private String topic(Topic.Channel channel) {
      return new Topic("site", agent, channel).toString();
    }

    private static Batch batch(int sequence, int birth, Random random) {
      List<Batch.Part> parts = new ArrayList<>();
      int each = SAMPLES / SIGNALS;
      for (int signal = 0; signal < SIGNALS; signal++) {
        Column.Builder column = Column.numbers();
        double value = 20 + signal;
        for (int i = 0; i < each; i++) {
          value += random.nextInt(5) - 2;
          long millis = 1_793_599_200_000L + ((long) sequence * each + i) * 100;
          column.add(millis * 1_000_000, value / 10, Quality.GOOD);
        }
        parts.add(new Batch.Part(signal, column.build()));
      }
      return new Batch(1, sequence, 0, birth, parts, List.of());
    }

    private final class Ear implements MqttCallback {
      @Override
      public void messageArrived(String topic, MqttMessage message) throws WireException {
        long sequence = AckCodec.decode(message.getPayload()).sequence();
        window.release((int) (sequence - acknowledged));
        acknowledged = sequence;
      }

      @Override
      public void connectionLost(Throwable cause) {}

      @Override
      public void deliveryComplete(IMqttDeliveryToken token) {}
    }
  }
}
