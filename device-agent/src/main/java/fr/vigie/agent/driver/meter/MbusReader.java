package fr.vigie.agent.driver.meter;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.SharedPort;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.telegram.MbusException;
import fr.vigie.agent.telegram.MbusRecord;
import fr.vigie.agent.telegram.MbusTelegram;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a meter whenever it is due, and hands over the records that are wanted. */
final class MbusReader implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(Mbus.class);
  private static final int MOST_MISSES = 3;

  private final Mbus config;
  private final MbusExchange exchange;
  private final DriverContext context;
  private final DriverCounters counters;
  private final Rhythm rhythm;
  private final Map<String, Signal> wanted;
  private final int telegrams;
  private final boolean numbered;
  private final Map<Integer, List<String>> shapes = new HashMap<>();
  private int telegram;
  private int misses;

  private MbusReader(Mbus config, MbusExchange exchange, DriverContext context) {
    this.config = config;
    this.exchange = exchange;
    this.context = context;
    this.counters = context.counters();
    this.rhythm = new Rhythm(config.every(), context);
    this.wanted = LineSignal.byKey(config.machine(), config.signals());
    this.telegrams = wanted.keySet().stream().mapToInt(Mbus::telegram).max().orElse(1);
    this.numbered = wanted.keySet().stream().anyMatch(Mbus::isNumbered);
  }

  /**
   * Begins with a meter.
   *
   * @param lease left when the meter is not there
   * @throws IOException when the meter is not there
   */
  static MbusReader open(Mbus config, Buses.Lease<SharedPort> lease, DriverContext context)
      throws IOException {
    MbusExchange exchange = new MbusExchange(lease, context, config.address());
    boolean there = false;
    try {
      there = exchange.greet();
    } finally {
      if (!there) {
        exchange.close();
      }
    }
    if (!there) {
      throw new IOException(
          config.port()
              + ": no meter answers at address "
              + config.address()
              + ": are address and baud rate right, and the converter powered?");
    }
    return new MbusReader(config, exchange, context);
  }

  @Override
  public void step() throws IOException {
    if (exchange.isIdle()) {
      if (rhythm.isDue()) {
        telegram = 1;
        exchange.ask();
      }
      return;
    }
    try {
      byte[] content = exchange.step().orElse(new byte[0]);
      if (content.length > 0) {
        take(MbusTelegram.read(content));
      }
    } catch (MbusException e) {
      missed(String.valueOf(e.getMessage()));
    }
  }

  private void missed(String why) throws IOException {
    exchange.leave();
    counters.countRead();
    counters.countRejected("meter " + config.address() + ": " + why);
    misses++;
    if (misses == MOST_MISSES) {
      throw new IOException(
          config.port()
              + ": meter "
              + config.address()
              + " is not understood, "
              + why
              + ": is it connected, and the line not too long?");
    }
  }

  private void take(MbusTelegram said) {
    misses = 0;
    counters.countRead();
    if (isOurs(said) && isOfKnownShape(said)) {
      hand(said, context.clock().instant());
    }
    if (telegram < telegrams && said.more()) {
      telegram++;
      exchange.ask();
    } else {
      exchange.leave();
    }
  }

  private boolean isOurs(MbusTelegram said) {
    boolean ours = config.id().isEmpty() || config.id().get().equals(said.id());
    if (!ours) {
      counters.countRejected(
          "meter " + said.id() + " answers in place of " + config.id().orElse(""));
    }
    return ours;
  }

  /** Records that only their order tells apart must always be the same ones. */
  private boolean isOfKnownShape(MbusTelegram said) {
    List<String> keys = said.records().stream().map(MbusRecord::key).toList();
    List<String> known = shapes.putIfAbsent(telegram, keys);
    if (known == null) {
      LOG.info(
          "{}: meter {} {} says {}", context.sensor(), said.manufacturer(), said.id(), list(said));
    }
    boolean right = known == null || known.equals(keys) || !numbered;
    if (!right) {
      counters.countRejected("other records than at first, so that their order tells nothing");
    }
    return right;
  }

  private String list(MbusTelegram said) {
    return said.records().stream()
        .map(record -> key(record) + (record.unit().isEmpty() ? "" : " in " + record.unit()))
        .collect(Collectors.joining(", "));
  }

  private String key(MbusRecord record) {
    return telegram == 1 ? record.key() : record.key() + '@' + telegram;
  }

  private void hand(MbusTelegram said, Instant now) {
    int found = 0;
    for (MbusRecord record : said.records()) {
      Signal signal = wanted.get(key(record));
      if (signal == null) {
        counters.countIgnored();
        continue;
      }
      found++;
      if (signal.unit().equals(record.unit())) {
        context.sink().accept(signal, sample(record, said.doubtful(), now));
      } else {
        counters.countRejected(
            signal.name()
                + ": the meter says '"
                + record.unit()
                + "', the configuration '"
                + signal.unit()
                + "'");
      }
    }
    long here = wanted.keySet().stream().filter(key -> Mbus.telegram(key) == telegram).count();
    if (found < here) {
      counters.countRejected("not all records are there; there are " + list(said));
    }
  }

  private static Sample sample(MbusRecord record, boolean doubtful, Instant now) {
    return record.value().isEmpty()
        ? Sample.missing(now)
        : new Sample(
            now,
            Value.of(record.value().getAsDouble()),
            doubtful ? Quality.UNCERTAIN : Quality.GOOD);
  }

  @Override
  public void close() throws IOException {
    exchange.close();
  }
}
