package fr.vigie.link;

import fr.vigie.signal.Sample;
import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.ClockReading;
import fr.vigie.wire.ClockReadingCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.StateCodec;
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
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A broker and the server behind it, in memory: stores each batch once, and acknowledges up to the
 * first hole. The link may be slow, messages may get lost, and the store may be put back from a
 * copy. Agents of one name throw each other off.
 */
final class FakeServer implements Connector {
  final List<Sample> samples = new ArrayList<>();
  final List<Loss> losses = new ArrayList<>();
  final List<Birth> births = new ArrayList<>();
  final List<ClockReading> questions = new ArrayList<>();
  final List<Position> stored = new ArrayList<>();
  final Map<Long, Long> highWater = new HashMap<>();
  private final Map<Long, Set<Long>> beyond = new HashMap<>();
  private final Deque<Crossing> onTheWay = new ArrayDeque<>();
  String store = "first";
  long bytesPerSecond = Long.MAX_VALUE;
  Predicate<Batch> losing = batch -> false;
  Consumer<Batch> watcher = batch -> {};
  boolean reachable = true;
  boolean acknowledging = true;
  boolean storing = true;
  boolean mute;
  int connections;
  int duplicates;
  private boolean news;
  private Optional<FakeConnection> open = Optional.empty();
  private Optional<byte[]> state = Optional.empty();
  private long freeAt;

  /** A batch on a slow link, and when it is across. */
  private record Crossing(byte[] payload, long at) {}

  /** What the store held at some time. */
  record Copy(
      List<Sample> samples,
      List<Loss> losses,
      List<Position> stored,
      Map<Long, Long> highWater,
      Map<Long, Set<Long>> beyond) {}

  Copy backUp() {
    Map<Long, Set<Long>> sets = new HashMap<>();
    beyond.forEach((epoch, set) -> sets.put(epoch, new HashSet<>(set)));
    return new Copy(
        List.copyOf(samples),
        List.copyOf(losses),
        List.copyOf(stored),
        Map.copyOf(highWater),
        sets);
  }

  void restore(Copy copy, String name) {
    replace(samples, copy.samples);
    replace(losses, copy.losses);
    replace(stored, copy.stored);
    highWater.clear();
    highWater.putAll(copy.highWater);
    beyond.clear();
    beyond.putAll(copy.beyond);
    store = name;
  }

  private static <T> void replace(List<T> list, List<T> with) {
    list.clear();
    list.addAll(with);
  }

  @Override
  public Connection connect(List<String> subscriptions, Will will) {
    connections++;
    FakeConnection connection = new FakeConnection();
    news = true;
    if (!reachable) {
      connection.down = Optional.of("no broker answers");
    } else {
      open.filter(other -> other.down.isEmpty())
          .ifPresent(
              other -> {
                other.down = Optional.of("the connection broke");
                state = Optional.of(other.will);
              });
      connection.will = will.payload();
      open = Optional.of(connection);
      state.ifPresent(last -> say(Topic.Channel.STATE, last));
    }
    return connection;
  }

  @Override
  public String address() {
    return "tcp://fake:1883";
  }

  /** Whether a connection has news that nobody has taken yet; once. */
  boolean takeNews() {
    boolean taken = news;
    news = false;
    return taken;
  }

  void cut() {
    news = true;
    open.ifPresent(connection -> connection.down = Optional.of("cut"));
    open = Optional.empty();
  }

  void say(Topic.Channel channel, byte[] payload) {
    String topic = new Topic("atelier", "pi", channel).toString();
    news = true;
    open.ifPresent(connection -> connection.arrived.add(new Connection.Message(topic, payload)));
  }

  /** Lets what is on the way arrive. */
  void pass(long now) {
    while (!onTheWay.isEmpty() && onTheWay.getFirst().at <= now) {
      take(onTheWay.removeFirst().payload);
    }
    freeAt = Math.max(freeAt, now);
  }

  private void cross(byte[] payload) {
    if (bytesPerSecond == Long.MAX_VALUE) {
      take(payload);
    } else {
      freeAt += payload.length * 1_000_000_000L / bytesPerSecond;
      onTheWay.add(new Crossing(payload, freeAt));
    }
  }

  /** Says again how far each epoch is stored. */
  void answer() {
    List.copyOf(highWater.keySet()).forEach(this::acknowledge);
  }

  private void hear(AgentState told) {
    if (told.online() && !mute) {
      acknowledge(told.epoch());
      told.kept().forEach(this::acknowledge);
    }
  }

  private void acknowledge(long epoch) {
    long mark = highWater.getOrDefault(epoch, 0L);
    say(Topic.Channel.ACK, AckCodec.encode(new Ack(epoch, mark, List.of(), store)));
  }

  private void take(byte[] payload) {
    Batch batch;
    try {
      batch = BatchCodec.decode(payload);
    } catch (WireException e) {
      throw new AssertionError(e);
    }
    if (losing.test(batch)) {
      return;
    }
    watcher.accept(batch);
    long mark = Math.max(highWater.getOrDefault(batch.epoch(), 0L), batch.floor());
    Set<Long> after = beyond.computeIfAbsent(batch.epoch(), first -> new HashSet<>());
    if (batch.sequence() <= mark || !after.add(batch.sequence())) {
      duplicates++;
    } else {
      stored.add(new Position(batch.epoch(), batch.sequence()));
      batch.parts().forEach(part -> samples.addAll(part.samples()));
      losses.addAll(batch.losses());
    }
    while (after.remove(mark + 1)) {
      mark++;
    }
    highWater.put(batch.epoch(), mark);
    if (acknowledging) {
      acknowledge(batch.epoch());
    }
  }

  private final class FakeConnection implements Connection {
    private final Deque<Message> arrived = new ArrayDeque<>();
    private Optional<String> down = Optional.empty();
    private byte[] will = new byte[0];

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
              cross(payload);
            }
          }
          case CLOCK -> questions.add(ClockReadingCodec.decode(payload));
          case STATE -> {
            if (retained) {
              state = Optional.of(payload);
            }
            say(Topic.Channel.STATE, payload);
            hear(StateCodec.decode(payload));
          }
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
      onTheWay.clear();
      down = Optional.of("closed");
    }
  }
}
