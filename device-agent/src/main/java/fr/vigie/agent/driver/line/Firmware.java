package fr.vigie.agent.driver.line;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.driver.Diagnosable;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.frame.Frame;
import fr.vigie.frame.FrameDecoder;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A microcontroller with firmware that sends the frames of {@code
 * docs/reference/firmware-frames.md}. The firmware describes its signals; the configuration says
 * which of them are wanted, and what is told of them twice must agree.
 *
 * @param machine the machine that the signals belong to
 * @param port an absolute path, best one of {@code /dev/serial/by-id}
 * @param baud bits a second
 * @param framing data bits, parity, stop bits
 * @param resetOnOpen pulse DTR after opening, which restarts an Arduino or an ESP board
 * @param signals by name; {@code from} is the firmware's name where it differs
 */
public record Firmware(
    String machine,
    Path port,
    @Default("115200") int baud,
    @Default("8N1") Framing framing,
    @Default("false") boolean resetOnOpen,
    Map<String, LineSignal> signals)
    implements DriverConfig {
  public Firmware {
    Mistakes mistakes = new Mistakes();
    SerialBus.check(mistakes, port, baud);
    mistakes.unless(!signals.isEmpty(), "signals", "nothing", "at least one signal");
    Quantity.checkNames(mistakes, machine, signals, LineSignal::from);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  @Override
  public List<Signal> describe() {
    return List.copyOf(LineSignal.byKey(machine, signals).values());
  }

  @Override
  public Map<String, Refinement> refinements() {
    return Refinement.each(signals, LineSignal::refine);
  }

  @Override
  public Place place() {
    return Place.alone(port);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(this, SerialBus.open(port, baud, framing, resetOnOpen), context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "firmware";
    }

    @Override
    public Class<Firmware> config() {
      return Firmware.class;
    }
  }

  /** Samples that wait for the description of their signals. */
  private record Early(Frame.Samples samples, Instant arrival, long monotonic) {}

  /** Reads the open port. */
  static final class Reader implements Driver, Diagnosable {
    private static final Logger LOG = LoggerFactory.getLogger(Firmware.class);
    private static final int MOST_EARLY = 256;
    private static final long RESTART_MILLIS = 1_000;
    private static final double[] POWERS = {
      1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
      1e8, 1e9
    };

    private final BytePort port;
    private final DriverContext context;
    private final FrameDecoder decoder = new FrameDecoder();
    private final Map<String, Signal> wanted;
    private final Map<Integer, Frame.Described> schema = new HashMap<>();
    private final Deque<Early> early = new ArrayDeque<>();
    private final byte[] bytes = new byte[4096];
    private Optional<Frame.Hello> hello = Optional.empty();
    private OptionalLong session = OptionalLong.empty();
    private DeviceClock clock = new DeviceClock();
    private final LineLoad load;
    private OptionalLong lastMark;
    private Optional<Instant> lastTime = Optional.empty();
    private boolean heard;
    private long lastSequence;
    private long lastMillis;
    private long accounted;
    private long undescribed;
    private long damaged;

    Reader(Firmware config, BytePort port, DriverContext context) {
      this.port = port;
      this.context = context;
      this.lastMark = context.lastDeviceSequence();
      this.load = new LineLoad(config.baud(), config.framing(), context);
      this.wanted = LineSignal.byKey(config.machine, config.signals);
    }

    @Override
    public void step() throws IOException {
      int count = port.read(bytes);
      load.count(count);
      if (count == 0) {
        return;
      }
      Instant arrival = context.clock().instant();
      long monotonic = context.monotonic().getAsLong();
      decoder.feed(bytes, count, frame -> take(frame, arrival, monotonic));
      for (; damaged < decoder.damaged(); damaged++) {
        context.counters().countRead();
        context.counters().countRejected("a damaged frame: look at cable, ground and baud rate");
      }
    }

    @Override
    public List<Finding> findings() {
      return List.of(load.finding());
    }

    @Override
    public void close() throws IOException {
      port.close();
    }

    private void take(Frame frame, Instant arrival, long monotonic) {
      context.counters().countRead();
      if (frame instanceof Frame.Hello greeting) {
        greet(greeting);
      } else if (frame instanceof Frame.Described signal) {
        schema.put(signal.id(), signal);
      } else if (frame instanceof Frame.Log log) {
        LOG.info("{} says: {}", context.sensor(), log.text());
      } else if (frame instanceof Frame.Samples samples) {
        hold(new Early(samples, arrival, monotonic));
      }
      if (hello.isPresent() && schema.size() >= hello.get().signals()) {
        while (!early.isEmpty()) {
          read(early.removeFirst(), hello.get().session());
        }
      }
    }

    /**
     * Holds samples until the session they belong to has described itself. A sequence or a clock
     * that goes back is a device that restarted and whose hello was lost: nothing known of it holds
     * any longer.
     */
    private void hold(Early next) {
      long sequence = next.samples().sequence();
      long millis = next.samples().millis();
      if (sequence <= lastSequence || (lastSequence > 0 && isBack(millis))) {
        forget();
      }
      if (!heard) {
        heard = true;
        accounted = sequence - 1;
      }
      lastSequence = sequence;
      lastMillis = millis;
      early.add(next);
      if (early.size() > MOST_EARLY) {
        drop();
      }
    }

    /**
     * Whether the clock went back; not when it rolled over, nor for a reading told a little late.
     */
    private boolean isBack(long millis) {
      long back = lastMillis - millis & 0xFFFF_FFFFL;
      return back > RESTART_MILLIS && back <= Integer.MAX_VALUE;
    }

    /** Ends a session of the device, and with it the samples that it never described. */
    private void forget() {
      hello = Optional.empty();
      schema.clear();
      clock = new DeviceClock();
      undescribed += lastSequence - accounted;
      heard = true;
      lastSequence = 0;
      accounted = 0;
      lastMark = OptionalLong.empty();
      while (!early.isEmpty()) {
        drop();
      }
    }

    private void drop() {
      early.removeFirst();
      context.counters().countRejected("samples before their description");
    }

    private void greet(Frame.Hello greeting) {
      if (greeting.protocol() != Frame.PROTOCOL) {
        context
            .counters()
            .countRejected(
                "frames of protocol "
                    + greeting.protocol()
                    + ", this agent reads "
                    + Frame.PROTOCOL
                    + ": update agent or firmware");
        return;
      }
      if (session.isEmpty() || session.getAsLong() != greeting.session()) {
        LOG.info("{} is {}", context.sensor(), greeting.firmware());
        if (hello.isPresent()) {
          forget();
        }
      }
      session = OptionalLong.of(greeting.session());
      hello = Optional.of(greeting);
    }

    /** A mark holds the session in its upper half and the sequence in its lower. */
    private void read(Early next, long session) {
      Frame.Samples samples = next.samples();
      Instant time = clock.date(samples.millis(), next.arrival(), next.monotonic());
      long missed = missed(samples.sequence(), session);
      if (missed > 0) {
        Instant since = lastTime.filter(last -> last.isBefore(time)).orElse(time);
        context
            .sink()
            .lost(
                new Loss(context.sensor(), new Span(since, time), missed, Loss.Reason.DEVICE_GAP));
      }
      for (Frame.Entry entry : samples.entries()) {
        give(entry, time);
      }
      accounted = samples.sequence();
      lastMark = OptionalLong.empty();
      undescribed = 0;
      lastTime = Optional.of(time);
      context.sink().mark(session << 32 | samples.sequence());
    }

    /**
     * Frames that were sent and not handed over: those of sessions that never described themselves,
     * and those of this one since the last that was read, be it before a restart of the agent, or,
     * when there is none, since the first that was heard.
     */
    private long missed(long sequence, long session) {
      long before = accounted;
      if (lastMark.isPresent()) {
        boolean same = lastMark.getAsLong() >>> 32 == session;
        before = same ? lastMark.getAsLong() & 0xFFFF_FFFFL : 0;
      }
      return undescribed + Math.max(0, sequence - before - 1);
    }

    private void give(Frame.Entry entry, Instant time) {
      Frame.Described described = schema.get(entry.id());
      Signal signal = described == null ? null : wanted.get(described.name());
      if (described == null || signal == null) {
        context.counters().countIgnored();
        return;
      }
      if (signal.kind() != described.kind() || !signal.unit().equals(described.unit())) {
        context
            .counters()
            .countRejected(
                signal.name()
                    + ": the firmware says "
                    + described.kind()
                    + " in '"
                    + described.unit()
                    + "', the configuration "
                    + signal.kind()
                    + " in '"
                    + signal.unit()
                    + "'");
        return;
      }
      Optional<Sample> sample = sample(entry, described, time);
      if (sample.isEmpty()) {
        context.counters().countRejected(signal.name() + ": a value of the wrong sort");
      } else {
        context.sink().accept(signal, sample.get());
      }
    }

    private static Optional<Sample> sample(
        Frame.Entry entry, Frame.Described described, Instant time) {
      if (entry instanceof Frame.Entry.None) {
        return Optional.of(Sample.missing(time));
      }
      if (described.kind().isText()) {
        return entry instanceof Frame.Entry.Text text
            ? Optional.of(Sample.good(time, text.value()))
            : Optional.empty();
      }
      if (entry instanceof Frame.Entry.Whole whole) {
        return Optional.of(Sample.good(time, scaled(whole.value(), described.exponent())));
      }
      return entry instanceof Frame.Entry.Real real
          ? Optional.of(Sample.good(time, Double.parseDouble(Float.toString(real.value()))))
          : Optional.empty();
    }

    /** Divides by a whole power of ten rather than multiply by a fraction, so that 125 is 12.5. */
    private static double scaled(long value, int exponent) {
      return exponent < 0 ? value / POWERS[9 - exponent] : value * POWERS[9 + exponent];
    }
  }
}
