package fr.vigie.bench;

import fr.vigie.column.Column;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Payload;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** An agent that sends as fast as it is let, or at a rate. */
final class Sender implements AutoCloseable {
  static final int SIGNALS = 20;
  static final int SAMPLES = 1_000;
  static final int WINDOW = 64;

  private final String agent;
  private final long epoch;
  private final MqttAsyncClient client;
  private final List<byte[]> payloads = new ArrayList<>();
  private final Semaphore window = new Semaphore(WINDOW);
  private long acknowledged;

  Sender(URI broker, String agent, long epoch, int batches) throws MqttException {
    this.agent = agent;
    this.epoch = epoch;
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < SIGNALS; i++) {
      signals.add(new Signal(agent, "signal-" + i, Kind.GAUGE, "Cel"));
    }
    Birth birth = new Birth(agent, "bench", Instant.EPOCH, signals);
    Random random = new Random(agent.hashCode());
    for (int sequence = 1; sequence <= batches; sequence++) {
      Batch batch = batch(epoch, sequence, birth.id(), random);
      payloads.add(BatchCodec.encode(batch, Payload.COLUMNS));
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
    run(Double.POSITIVE_INFINITY);
  }

  /** Offers so many batches a second; what finds no room in the window waits. */
  void run(double rate) {
    try {
      long start = System.nanoTime();
      for (int i = 0; i < payloads.size(); i++) {
        for (long early = start + (long) (i * 1e9 / rate) - System.nanoTime(); early > 0; ) {
          LockSupport.parkNanos(early);
          early = start + (long) (i * 1e9 / rate) - System.nanoTime();
        }
        if (!window.tryAcquire(120, TimeUnit.SECONDS)) {
          throw new IOException("no acknowledgement within two minutes");
        }
        client.publish(topic(Topic.Channel.DATA), payloads.get(i), 1, false);
      }
      if (!window.tryAcquire(WINDOW, 120, TimeUnit.SECONDS)) {
        throw new IOException("the last acknowledgements did not come within two minutes");
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

  private static Batch batch(long epoch, int sequence, int birth, Random random) {
    List<Batch.Part> parts = new ArrayList<>();
    for (int signal = 0; signal < SIGNALS; signal++) {
      parts.add(new Batch.Part(signal, column(epoch, sequence, signal, random)));
    }
    return new Batch(epoch, sequence, 0, birth, parts, List.of());
  }

  /** What one signal read in the time of one batch: a temperature that wanders, at 10 Hz. */
  static Column column(long epoch, int sequence, int signal, Random random) {
    int each = SAMPLES / SIGNALS;
    Column.Builder column = Column.sized(false, each);
    double value = 20 + signal;
    for (int i = 0; i < each; i++) {
      value += random.nextInt(5) - 2;
      long millis =
          1_793_000_000_000L + epoch * 1_000_000_000L + ((long) sequence * each + i) * 100;
      column.add(millis * 1_000_000, value / 10, Quality.GOOD);
    }
    return column.build();
  }

  private final class Ear implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) throws WireException {
      Ack ack = AckCodec.decode(message.getPayload());
      if (ack.epoch() == epoch && ack.sequence() > acknowledged) {
        window.release((int) (ack.sequence() - acknowledged));
        acknowledged = ack.sequence();
      }
    }

    @Override
    public void connectionLost(Throwable cause) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
