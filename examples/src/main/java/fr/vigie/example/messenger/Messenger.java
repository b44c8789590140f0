package fr.vigie.example.messenger;

import fr.vigie.example.installation.Waiting;
import fr.vigie.link.Broker;
import fr.vigie.link.Connection;
import fr.vigie.link.Connector;
import fr.vigie.link.PahoConnector;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Payload;
import fr.vigie.wire.StateCodec;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection of an agent that is none: it sends what it is told to. One thread uses it. */
public final class Messenger implements Closeable {
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String site;
  private final String agent;
  private final Birth birth;
  private final long epoch;
  private final Connection connection;
  private final List<Ack.Refusal> refused = new ArrayList<>();
  private long acknowledged;

  private Messenger(String site, String agent, Birth birth, long epoch, Connection connection) {
    this.site = site;
    this.agent = agent;
    this.birth = birth;
    this.epoch = epoch;
    this.connection = connection;
  }

  /**
   * Connects and tells its birth.
   *
   * @param port of a broker on the loopback
   */
  public static Messenger connect(
      int port, String site, String agent, long epoch, Instant now, List<Signal> signals)
      throws IOException, InterruptedException {
    Birth birth = new Birth(agent, "messenger", now, signals);
    Broker broker =
        new Broker(URI.create("tcp://127.0.0.1:" + port), "fault-" + agent, Optional.empty());
    Topic state = new Topic(site, agent, Topic.Channel.STATE);
    Connection connection =
        new PahoConnector(broker, KEEP_ALIVE_SECONDS)
            .connect(
                List.of(new Topic(site, agent, Topic.Channel.ACK).toString()),
                new Connector.Will(
                    state.toString(), StateCodec.encode(new AgentState(false, epoch, now))));
    Messenger messenger = new Messenger(site, agent, birth, epoch, connection);
    if (!Waiting.until(PATIENCE, () -> connection.state() == Connection.State.UP)) {
      throw new IOException("no connection: " + connection.problem());
    }
    messenger.publish(Topic.Channel.BIRTH, BirthCodec.encode(birth), true);
    messenger.publish(
        Topic.Channel.STATE, StateCodec.encode(new AgentState(true, epoch, now)), true);
    return messenger;
  }

  /** A batch of this sender, with all before it still to come. */
  public Batch batch(long sequence, List<Batch.Part> parts) {
    return new Batch(epoch, sequence, 0, birth.id(), parts, List.of());
  }

  public void send(Batch batch, Payload payload) throws IOException, InterruptedException {
    send(BatchCodec.encode(batch, payload));
  }

  /** Sends any bytes as a batch. */
  public void send(byte[] bytes) throws IOException, InterruptedException {
    publish(Topic.Channel.DATA, bytes, false);
  }

  /**
   * Waits until the server has acknowledged everything up to a sequence.
   *
   * @throws IOException when it does not
   */
  public void awaitAcknowledged(long sequence) throws IOException, InterruptedException {
    boolean done =
        Waiting.until(
            PATIENCE,
            () -> {
              listen();
              return acknowledged >= sequence;
            });
    if (!done) {
      throw new IOException("acknowledged up to " + acknowledged + ", not " + sequence);
    }
  }

  /** What the server will never store, as it said with its acknowledgements. */
  public List<Ack.Refusal> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    connection.close();
  }

  private void publish(Topic.Channel channel, byte[] bytes, boolean retained)
      throws IOException, InterruptedException {
    String topic = new Topic(site, agent, channel).toString();
    if (!Waiting.until(PATIENCE, () -> connection.publish(topic, bytes, retained))) {
      throw new IOException("the broker takes nothing: " + connection.problem());
    }
  }

  private void listen() throws IOException {
    Optional<Connection.Message> next = connection.poll();
    while (next.isPresent()) {
      try {
        Ack ack = AckCodec.decode(next.get().payload());
        if (ack.epoch() == epoch) {
          acknowledged = Math.max(acknowledged, ack.sequence());
          refused.addAll(ack.refused());
        }
      } catch (WireException e) {
        throw new IOException("an acknowledgement makes no sense: " + e.getMessage(), e);
      }
      next = connection.poll();
    }
  }
}
