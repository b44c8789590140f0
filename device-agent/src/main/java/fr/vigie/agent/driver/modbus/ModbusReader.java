package fr.vigie.agent.driver.modbus;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.modbus.Answer;
import fr.vigie.agent.bus.modbus.Modbus;
import fr.vigie.agent.driver.Diagnosable;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.register.Block;
import fr.vigie.agent.register.OrderGuess;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the device, a cycle at a time. A question that is answered by nothing that can be believed
 * is put a second time. When three in a row have no answer the device is not there; when it was not
 * there before, one is enough.
 */
final class ModbusReader implements Driver, Diagnosable {
  private static final int MOST_FAILURES = 3;
  private static final long LONGEST_STEP = Duration.ofMillis(100).toNanos();

  private final Buses.Lease<Modbus> way;
  private final ModbusDevice config;
  private final DriverContext context;
  private final Rhythm rhythm;
  private final List<Block> blocks;
  private final ModbusLoad load;
  private final OrderGuess orders = new OrderGuess();
  private boolean reading;
  private int next;
  private int failures = MOST_FAILURES - 1;
  private boolean answered;
  private Instant time = Instant.EPOCH;

  private ModbusReader(Buses.Lease<Modbus> way, ModbusDevice config, DriverContext context) {
    this.way = way;
    this.config = config;
    this.context = context;
    this.rhythm = new Rhythm(config.every(), context);
    this.blocks = new ArrayList<>(config.blocks());
    this.load =
        new ModbusLoad(
            config.place().device(), way.bus().use(), config.timeout(), context.monotonic());
  }

  /** Reads the device once: one that does not answer is not there. */
  static Driver open(Buses.Lease<Modbus> way, ModbusDevice config, DriverContext context)
      throws IOException {
    ModbusReader reader = new ModbusReader(way, config, context);
    try {
      do {
        reader.step();
      } while (reader.reading);
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public void step() throws IOException {
    reading = reading || rhythm.isDue();
    if (!reading) {
      return;
    }
    long start = context.monotonic().getAsLong();
    do {
      read(blocks.get(next));
    } while (reading && context.monotonic().getAsLong() - start < LONGEST_STEP);
  }

  private void read(Block block) throws IOException {
    Answer answer = ask(block);
    if (answer instanceof Answer.Damaged damaged) {
      reject(damaged.why());
      answer = ask(block);
    }
    if (answer instanceof Answer.Data data) {
      take(block, data);
    } else if (answer instanceof Answer.Refused refused && !refused.isOfAGateway()) {
      refuse(block, refused);
    } else {
      fail(answer);
    }
  }

  private Answer ask(Block block) throws IOException {
    try {
      Answer answer = way.bus().read(config.slave(), block.read(), config.timeout());
      load.count(answer);
      return answer;
    } catch (IOException e) {
      if (config.port().isPresent()) {
        way.lost();
      }
      throw e;
    }
  }

  private void take(Block block, Answer.Data data) throws IOException {
    context.counters().countRead();
    failures = 0;
    if (!answered) {
      long ago = context.monotonic().getAsLong() - data.asked();
      time = context.clock().instant().minusNanos(ago);
      answered = true;
    }
    block.decode(data.bytes(), this::accept, context.counters()::countRejected);
    orders.watch(block, data.bytes());
    advance();
  }

  private void accept(Signal signal, Value value) {
    context.sink().accept(signal, new Sample(time, value, Quality.GOOD));
  }

  /** Where a device refuses a range it is asked for halves of it, and then keeps to them. */
  private void refuse(Block block, Answer.Refused refused) throws IOException {
    failures = 0;
    reject(block.read() + ": " + refused);
    if (refused.isOfTheRange() && block.cells().size() > 1) {
      blocks.remove(next);
      blocks.addAll(next, block.halves());
      return;
    }
    if (next + 1 == blocks.size() && !answered) {
      throw new IOException(
          config.name()
              + " answers, but refuses all that it is asked: "
              + block.read()
              + ": "
              + refused
              + ". Does its template fit, and do the addresses count from 0?");
    }
    advance();
  }

  private void fail(Answer answer) throws IOException {
    failures++;
    if (answer instanceof Answer.Damaged damaged) {
      reject(damaged.why());
      require(
          " gives answers that are damaged: "
              + (config.port().isPresent()
                  ? "are " + config.manner() + ", wiring and termination right?"
                  : "is it a Modbus device?"));
      advance();
      return;
    }
    if (answer instanceof Answer.Refused refused) {
      reject(refused.toString());
      require(": " + refused);
    } else {
      context.counters().countRejected("no answer");
      require(
          " does not answer within "
              + config.timeout().toMillis()
              + " ms: is it switched on, "
              + (config.port().isPresent()
                  ? "and are its address and " + config.manner() + " right?"
                  : "and is that its unit number?"));
    }
    endCycle();
  }

  private void require(String otherwise) throws IOException {
    if (failures >= MOST_FAILURES) {
      throw new IOException(config.name() + otherwise);
    }
  }

  private void reject(String why) {
    context.counters().countRead();
    context.counters().countRejected(why);
  }

  private void advance() {
    next++;
    if (next == blocks.size()) {
      endCycle();
    }
  }

  private void endCycle() {
    next = 0;
    reading = false;
    answered = false;
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(load.findings(way.bus().use()));
    orders.doubts().forEach(doubt -> findings.add(Finding.look(doubt)));
    return findings;
  }

  @Override
  public void close() throws IOException {
    way.close();
  }
}
