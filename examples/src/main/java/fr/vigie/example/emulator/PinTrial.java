package fr.vigie.example.emulator;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.PullResistance;
import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.GpioLines.Bias;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.Sink;
import fr.vigie.agent.driver.pin.GpioInput;
import fr.vigie.agent.driver.pin.GpioInput.Voltage;
import fr.vigie.agent.driver.pin.PulseCounter;
import fr.vigie.agent.driver.pin.PulseCounter.Edge;
import fr.vigie.agent.driver.pin.StackLight;
import fr.vigie.agent.driver.pin.StackLight.Light;
import fr.vigie.agent.pi4j.EdgeEvent;
import fr.vigie.agent.pi4j.GpioProvider;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import fr.vigie.time.BootTime;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Run in the board: moves its pins, lets the agent's drivers read them, and says of each trial how
 * many pulses there were, how many were counted, and how many edges were declared lost.
 */
public final class PinTrial {
  static final Path PINS = Path.of("/sys/kernel/debug/vigie-board");
  private static final Duration AFTERWARDS = Duration.ofMillis(300);

  /** As long as the agent's worker waits. */
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(1);

  private PinTrial() {}

  public static void main(String[] arguments) throws IOException {
    pulses("10 kHz", counter(Duration.ZERO), "4 10000 100000 50000", 0);
    pulses("10 kHz, both edges", counter(Duration.ofNanos(10_000)), "4 10000 100000 50000", 0);
    pulses("stall", counter(Duration.ofNanos(50_000)), "4 300 400000 200000", 150);
    pulses("overflow", counter(Duration.ZERO), "4 3000 100000 50000", 310);
    pulses("bounces", counter(Duration.ofMillis(5)), "4 200 40000000 20000000 3 200000", 0);
    pi4j();
    alarms();
    tower();
    refusal("busy", input("", "pinctrl-bcm2711"), "4", true);
    refusal("no such line", input("", "pinctrl-bcm2711"), "58", false);
    refusal("no such name", input("", ""), "GPIO99", false);
    refusal("no such chip", input("", "pinctrl-rp1"), "4", false);
    refusal("no chip", input("", "/dev/null"), "4", false);
    refusal("not allowed", input("", "/dev/gpiochip0"), "4", false);
    refusal("not in the group", input("", "/dev/kmsg"), "4", false);
    ChipTrial.all();
  }

  private static GpioInput input(String active, String chip) {
    return new GpioInput(
        chip.isEmpty() ? Optional.empty() : Optional.of(chip),
        active.equals("low") ? Voltage.LOW : Voltage.HIGH,
        Bias.PULL_DOWN);
  }

  private static PulseCounter counter(Duration debounce) {
    return counter("GPIO4", input("", ""), debounce);
  }

  private static PulseCounter counter(String line, GpioInput input, Duration debounce) {
    return new PulseCounter(
        "press",
        line,
        input,
        Edge.RISING,
        debounce,
        Duration.ofMillis(100),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /**
   * @param train as the board's {@code pulses} takes it
   * @param stallMillis how long nobody reads, from the beginning of the train
   */
  private static void pulses(String name, PulseCounter counter, String train, long stallMillis)
      throws IOException {
    Notes notes = new Notes();
    long began = System.nanoTime();
    try (Driver driver = counter.open(notes.context())) {
      Files.writeString(PINS.resolve("pulses"), train);
      if (stallMillis > 0) {
        stall(Duration.ofMillis(stallMillis));
      }
      do {
        read(driver, AFTERWARDS);
      } while (!Files.readString(PINS.resolve("pulses")).startsWith("0 "));
      read(driver, AFTERWARDS);
    }
    System.out.printf(
        "TRIAL %s: %s made, %d counted, %d edges declared lost, %d edges read, %d samples,"
            + " %d ms%n",
        name,
        train.split(" ")[1],
        notes.count(),
        notes.lost(),
        notes.counters.read(),
        notes.samples.size(),
        (System.nanoTime() - began) / 1_000_000);
  }

  private static void stall(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** The same lines for a driver of one's own that speaks Pi4J, whose listener is slow to begin. */
  private static void pi4j() throws IOException {
    AtomicLong counted = new AtomicLong();
    AtomicLong lost = new AtomicLong();
    Context pi4j =
        Pi4J.newContextBuilder().add(new GpioProvider("pinctrl-bcm2711", System::nanoTime)).build();
    DigitalInput input =
        pi4j.create(
            DigitalInput.newConfigBuilder(pi4j)
                .id("press")
                .address(4)
                .pull(PullResistance.PULL_DOWN)
                .debounce(50L)
                .build());
    input.addListener(
        event -> {
          counted.addAndGet(event.state().isHigh() ? 1 : 0);
          lost.addAndGet(((EdgeEvent) event).missed());
          if (counted.get() == 1 && event.state().isHigh()) {
            stall(Duration.ofMillis(150));
          }
        });
    Files.writeString(PINS.resolve("pulses"), "4 300 400000 200000");
    do {
      stall(AFTERWARDS);
    } while (!Files.readString(PINS.resolve("pulses")).startsWith("0 "));
    stall(AFTERWARDS);
    pi4j.shutdown();
    System.out.printf(
        "TRIAL Pi4J: 300 made, %d counted, %d edges declared lost, 600 edges read%n",
        counted.get(), lost.get());
  }

  private static void alarms() throws IOException {
    PulseCounter counter =
        new PulseCounter(
            "press",
            "GPIO4",
            input("", ""),
            Edge.RISING,
            Duration.ofMillis(5),
            Duration.ofMillis(100),
            Optional.of(Duration.ofMillis(100)),
            Optional.of(Duration.ofSeconds(5)),
            Map.of());
    Notes notes = new Notes();
    try (Driver driver = counter.open(notes.context())) {
      Files.writeString(PINS.resolve("pulses"), "4 3 50000000 25000000");
      read(driver, Duration.ofSeconds(8));
    }
    System.out.println("TRIAL alarms: " + String.join(" ", notes.samples));
  }

  private static void tower() throws IOException {
    Map<String, String> lamps = new LinkedHashMap<>();
    lamps.put("red", "GPIO5");
    lamps.put("green", "GPIO6");
    Map<String, Map<String, Light>> states = new LinkedHashMap<>();
    states.put("fault", Map.of("red", Light.BLINKING));
    states.put("run", Map.of("green", Light.ON));
    StackLight tower =
        new StackLight(
            "press",
            lamps,
            input("", ""),
            states,
            "unknown",
            Duration.ofMillis(50),
            Duration.ofMinutes(1),
            Map.of());
    Notes notes = new Notes();
    try (Driver driver = tower.open(notes.context())) {
      read(driver, Duration.ofSeconds(4));
      Files.writeString(PINS.resolve("level"), "6 1");
      read(driver, Duration.ofSeconds(4));
      Files.writeString(PINS.resolve("pulses"), "5 6 1000000000 500000000");
      read(driver, Duration.ofSeconds(10));
      Files.writeString(PINS.resolve("level"), "6 0");
    }
    System.out.println("TRIAL tower: " + String.join(" ", notes.samples));
  }

  static void read(Driver driver, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      driver.step();
      stall(BETWEEN_STEPS);
    }
  }

  private static void refusal(String name, GpioInput input, String line, boolean taken)
      throws IOException {
    DriverConfig config = counter(line, input, Duration.ZERO);
    try (Driver first = taken ? config.open(new Notes().context()) : new Nothing();
        Driver second = config.open(new Notes().context())) {
      System.out.println("TRIAL " + name + ": opened " + first + second);
    } catch (IOException e) {
      System.out.println("TRIAL " + name + ": " + e.getMessage());
    }
  }

  private static final class Nothing implements Driver {
    @Override
    public void step() {}

    @Override
    public void close() {}
  }

  /** Keeps what a driver hands over. */
  static final class Notes implements Sink {
    final DriverCounters counters = new DriverCounters();
    final List<String> samples = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private double count;

    DriverContext context() {
      return new DriverContext(
          "press",
          this,
          new Buses(),
          () -> BootTime.of(System.nanoTime()),
          System::nanoTime,
          LockSupport::parkNanos,
          OptionalLong.empty(),
          false,
          counters);
    }

    @Override
    public void accept(Signal signal, Sample sample) {
      samples.add(signal.name() + '=' + sample.value());
      if (sample.value() instanceof Value.Number number) {
        count = number.number();
      }
    }

    @Override
    public void lost(Loss loss) {
      losses.add(loss);
    }

    @Override
    public void mark(long deviceSequence) {}

    long count() {
      return (long) count;
    }

    long lost() {
      return losses.stream().mapToLong(Loss::count).sum();
    }
  }
}
