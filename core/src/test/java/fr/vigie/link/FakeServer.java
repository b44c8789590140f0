package fr.vigie.link;

import fr.vigie.signal.Sample;
import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.ClockReading;
import fr.vigie.wire.ClockReadingCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A broker and the server behind it, in memory: stores each batch once, and acknowledges up to the
 * first hole.
 */
final class FakeServer implements Connector {
  final List<Sample> samples = new ArrayList<>();
  final List<Loss> losses = new ArrayList<>();
  final List<Birth> births = new ArrayList<>();
  final List<ClockReading> questions = new ArrayList<>();
  final List<Long> sequences = new ArrayList<>();
  final Map<Long, Long> highWater = new HashMap<>();
  private final Map<Long, Set<Long>> beyond = new HashMap<>();
  boolean reachable = true;
  boolean acknowledging = true;
  boolean storing = true;
  int connections;
  int duplicates;
  private Optional<FakeConnection> open = Optional.empty();

  @Override
  public Connection connect(List<String> subscriptions, Will will) {
    connections++;
    FakeConnection connection = new FakeConnection();
    if (!reachable) {
      connection.down = Optional.of("no broker answers");
    } else {
      open = Optional.of(connection);
    }
    return connection;
  }

  @Override
  public String address() {
    return "tcp://fake:1883";
  }

  void cut() {
    open.ifPresent(connection -> connection.down = Optional.of("cut"));
    open = Optional.empty();
  }

  void say(Topic.Channel channel, byte[] payload) {
    String topic = new Topic("atelier", "pi", channel).toString();
    open.ifPresent(connection -> connection.arrived.add(new Connection.Message(topic, payload)));
  }

  private void take(byte[] payload) {
    Batch batch;
    try {
      batch = BatchCodec.decode(payload);
    } catch (WireException e) {
      throw new AssertionError(e);
    }
    long mark = Math.max(highWater.getOrDefault(batch.epoch(), 0L), batch.floor());
    Set<Long> after = beyond.computeIfAbsent(batch.epoch(), first -> new HashSet<>());
    if (batch.sequence() <= mark || !after.add(batch.sequence())) {
      duplicates++;
    } else {
      sequences.add(batch.sequence());
      batch.parts().forEach(part -> samples.addAll(part.samples()));
      losses.addAll(batch.losses());
    }
    while (after.remove(mark + 1)) {
      mark++;
    }
    highWater.put(batch.epoch(), mark);
    if (acknowledging) {
      say(Topic.Channel.ACK, AckCodec.encode(new Ack(batch.epoch(), mark, List.of())));
    }
  }

  private final class FakeConnection implements Connection {
    private final Deque<Message> arrived = new ArrayDeque<>();
    private Optional<String> down = Optional.empty();

    @Override
    public State state() {
      return down.isPresent() ? State.DOWN : State.UP;
    }

    @Override
    public String problem() {
      return down.orElse("");
    }

    @Override
    public boolean publish(String topic, byte[] payload, boolean retained) {
      if (down.isPresent()) {
        return false;
      }
      try {
        switch (Topic.parse(topic).channel()) {
          case BIRTH -> births.add(BirthCodec.decode(payload));
          case DATA -> {
            if (storing) {
              take(payload);
            }
          }
          case CLOCK -> questions.add(ClockReadingCodec.decode(payload));
          default -> {}
        }
      } catch (WireException e) {
        throw new AssertionError(e);
      }
      return true;
    }

    @Override
    public Optional<Message> poll() {
      return Optional.ofNullable(arrived.poll());
    }

    @Override
    public void close() {
      down = Optional.of("closed");
    }
  }
}
