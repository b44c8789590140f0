package fr.vigie.bench;

import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.ClockReading;
import fr.vigie.wire.ClockReadingCodec;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Takes what readers publish, answers as a server does, and counts: how many registers each cycle
 * gave, by its time, and which lines came.
 */
final class Harvest implements MqttCallback, AutoCloseable {
  private static final String BARE = "bare/json";
  private static final long SECOND = 1_000_000_000L;

  private final MqttAsyncClient client;
  private final Map<Integer, Birth> births = new HashMap<>();
  private final Set<String> batches = new HashSet<>();
  private final Map<Long, Integer> cycles = new TreeMap<>();
  private final TreeSet<Long> lines = new TreeSet<>();

  private Harvest(URI broker, String name) throws MqttException {
    client = new MqttAsyncClient(broker.toString(), name, new MemoryPersistence());
  }

  static Harvest ofAgents(URI broker) throws MqttException {
    return open(
        broker,
        "harvest",
        List.of(
            Topic.filter(Topic.Channel.BIRTH),
            Topic.filter(Topic.Channel.DATA),
            Topic.filter(Topic.Channel.CLOCK)));
  }

  static Harvest ofTheBareLoop(URI broker) throws MqttException {
    return open(broker, "harvest-bare", List.of(BARE));
  }

  private static Harvest open(URI broker, String name, List<String> topics) throws MqttException {
    Harvest harvest = new Harvest(broker, name);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(1_000);
    harvest.client.setCallback(harvest);
    harvest.client.connect(options).waitForCompletion();
    for (String topic : topics) {
      harvest.client.subscribe(topic, 1).waitForCompletion();
    }
    return harvest;
  }

  synchronized boolean hasBegun() {
    return !cycles.isEmpty();
  }

  @Override
  public synchronized void messageArrived(String topic, MqttMessage message) throws Exception {
    if (topic.equals(BARE)) {
      bare(new String(message.getPayload(), StandardCharsets.UTF_8));
      return;
    }
    Topic parsed = Topic.parse(topic);
    if (parsed.channel() == Topic.Channel.BIRTH) {
      Birth birth = BirthCodec.decode(message.getPayload());
      births.put(birth.id(), birth);
      return;
    }
    if (parsed.channel() == Topic.Channel.CLOCK) {
      ClockReading question = ClockReadingCodec.decode(message.getPayload());
      answer(
          parsed,
          Topic.Channel.TIME,
          ClockReadingCodec.encode(
              new ClockReading(question.question(), InstantSource.system().instant(), true)));
      return;
    }
    Batch batch = BatchCodec.decode(message.getPayload());
    if (batches.add(batch.epoch() + "/" + batch.sequence())) {
      count(batch);
    }
    Ack ack = new Ack(batch.epoch(), batch.sequence(), List.of());
    answer(parsed, Topic.Channel.ACK, AckCodec.encode(ack));
  }

  private void answer(Topic agent, Topic.Channel channel, byte[] payload) throws MqttException {
    client.publish(new Topic(agent.site(), agent.agent(), channel).toString(), payload, 1, false);
  }

  private void count(Batch batch) throws WireException, IOException {
    Birth birth = births.get(batch.birth());
    if (birth == null) {
      throw new IOException("a batch before its birth");
    }
    for (Batch.Part part : batch.parts()) {
      String name = birth.signals().get(part.signal()).name();
      for (int i = 0; i < part.samples().size(); i++) {
        if (name.startsWith("r")) {
          cycles.merge(part.samples().nanos(i), 1, Integer::sum);
        } else if (name.equals("n")) {
          lines.add((long) part.samples().number(i));
        }
      }
    }
  }

  private void bare(String json) {
    long time = Long.parseLong(json.replaceAll("(?s)^\\{\"t\":(\\d+).*", "$1"));
    cycles.put(time, (int) json.chars().filter(c -> c == 'r').count());
  }

  /**
   * What came of the registers and lines.
   *
   * @param errors how far each interval between two cycles was from 100 ms, in nanoseconds, sorted
   */
  record Crop(long samples, long missing, List<Long> errors) {
    double intervalError(double share) {
      return errors.get((int) (share * (errors.size() - 1))) / 1e6;
    }
  }

  /** The crop of some seconds, from so many after the first cycle on, and of all lines. */
  synchronized Crop crop(int after, int seconds, int registers) {
    long from = cycles.keySet().iterator().next() + after * SECOND;
    long samples = 0;
    long before = 0;
    List<Long> errors = new ArrayList<>();
    for (Map.Entry<Long, Integer> cycle : cycles.entrySet()) {
      long time = cycle.getKey();
      if (time >= from - SECOND / 20 && time < from + seconds * SECOND - SECOND / 20) {
        samples += cycle.getValue();
        if (before != 0) {
          errors.add(Math.abs(time - before - SECOND / 10));
        }
        before = time;
      }
    }
    errors.sort(null);
    long noLine = lines.isEmpty() ? 0 : lines.last() - lines.first() + 1 - lines.size();
    return new Crop(samples, 10L * registers * seconds - samples + noLine, errors);
  }

  @Override
  public void connectionLost(Throwable cause) {
    throw new IllegalStateException("the harvest lost its broker", cause);
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {}

  @Override
  public void close() throws MqttException {
    client.disconnect().waitForCompletion();
    client.close();
  }
}
