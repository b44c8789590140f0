package fr.vigie.agent.driver.chip;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temperatures by Maxim DS18B20 on a 1-Wire bus, through the kernel's {@code w1_therm}, which asks
 * one after the other and takes three quarters of a second for each.
 *
 * @param machine the machine that the signals belong to
 * @param bus where the kernel shows its 1-Wire devices
 * @param every from one reading of all sensors to the next
 * @param signals by name, each the sensor at an address
 */
public record Ds18b20(
    String machine,
    @Default("/sys/bus/w1/devices") Path bus,
    @Default("10s") Duration every,
    Map<String, Probe> signals)
    implements DriverConfig {

  /**
   * One sensor.
   *
   * @param address as the kernel writes it, such as {@code 28-0316a2795e2b}
   * @param refine what becomes of its readings before they leave
   */
  public record Probe(String address, @Inline Refinement refine) {
    private static final Pattern ADDRESS = Pattern.compile("(28|22|3b|42)-[0-9a-f]{12}");

    public Probe {
      new Mistakes()
          .unless(
              ADDRESS.matcher(address).matches(),
              "address",
              "'" + address + "'",
              "one that `ls /sys/bus/w1/devices` shows, such as 28-0316a2795e2b")
          .refuse();
    }
  }

  public Ds18b20 {
    Mistakes mistakes =
        new Mistakes()
            .unless(bus.isAbsolute(), "bus", "'" + bus + "'", "a path such as /sys/bus/w1/devices")
            .unless(
                every.compareTo(Duration.ofSeconds(1)) >= 0,
                "every",
                every.toMillis() + " ms",
                "1s or more")
            .unless(!signals.isEmpty(), "signals", "nothing", "at least one signal");
    Quantity.checkNames(mistakes, machine, signals, probe -> Optional.of(probe.address()));
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  @Override
  public List<Signal> describe() {
    return signals.keySet().stream().sorted().map(this::signal).toList();
  }

  private Signal signal(String name) {
    return new Signal(machine, name, Kind.GAUGE, "Cel");
  }

  @Override
  public Map<String, Refinement> refinements() {
    return Refinement.each(signals, Probe::refine);
  }

  @Override
  public Place place() {
    List<String> addresses = signals.values().stream().map(Probe::address).sorted().toList();
    return Place.on(bus, String.join(" ", addresses));
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "ds18b20";
    }

    @Override
    public Class<Ds18b20> config() {
      return Ds18b20.class;
    }
  }

  /** Asks one sensor in each step, which takes as long as the sensor does. */
  static final class Reader implements Driver {
    private static final Pattern TEMPERATURE = Pattern.compile("t=(-?\\d{1,6})");
    private static final int POWER_ON = 85_000;
    private static final int COLDEST = -55_000;
    private static final int HOTTEST = 125_000;
    private static final int NEAR = 2_000;

    private final Ds18b20 config;
    private final DriverContext context;
    private final Rhythm rhythm;
    private final List<String> names;
    private final Map<String, Integer> last = new HashMap<>();
    private int next;
    private int absent;

    Reader(Ds18b20 config, DriverContext context) throws IOException {
      this.config = config;
      this.context = context;
      this.rhythm = new Rhythm(config.every, context);
      this.names = List.copyOf(new TreeMap<>(config.signals).keySet());
      this.next = names.size();
      if (!Files.isDirectory(config.bus)) {
        throw new IOException(
            config.bus
                + " is not there: switch 1-Wire on with `raspi-config`, Interface Options, 1-Wire,"
                + " or with dtoverlay=w1-gpio in /boot/firmware/config.txt");
      }
      if (names.stream().noneMatch(name -> Files.exists(file(name)))) {
        throw allAbsent();
      }
    }

    private IOException allAbsent() throws IOException {
      List<String> present = new ArrayList<>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(config.bus, "{28,22,3b,42}-*")) {
        all.forEach(path -> present.add(path.getFileName().toString()));
      }
      if (names.stream().anyMatch(name -> present.contains(probe(name).address()))) {
        return new IOException(
            "the kernel still lists sensors of "
                + String.join(", ", names)
                + ", and none answers: look at the wires, their supply and the pull-up resistor of"
                + " 4.7 kΩ");
      }
      return new IOException(
          "no sensor of "
              + String.join(", ", names)
              + " is on the bus: there "
              + (present.isEmpty()
                  ? "is none at all: look at the wires and the pull-up resistor of 4.7 kΩ"
                  : "are "
                      + String.join(", ", present.stream().sorted().toList())
                      + "; look at `address`"));
    }

    private Path file(String name) {
      return config.bus.resolve(probe(name).address()).resolve("w1_slave");
    }

    private Probe probe(String name) {
      return Objects.requireNonNull(config.signals.get(name));
    }

    @Override
    public void step() throws IOException {
      if (next == names.size()) {
        if (!rhythm.isDue()) {
          return;
        }
        next = 0;
        absent = 0;
      }
      read(names.get(next));
      next++;
      if (absent == names.size()) {
        throw allAbsent();
      }
    }

    private void read(String name) {
      Instant time = context.clock().instant();
      context.counters().countRead();
      String text = text(name);
      if (text.isEmpty()) {
        absent++;
        refuse(name, "does not answer: look at its wires");
        return;
      }
      Matcher temperature = TEMPERATURE.matcher(text);
      if (!text.contains("YES") || text.startsWith("00 00 00 00 00 00 00 00")) {
        refuse(
            name,
            "answers with errors (CRC): look at the length of the wire, the pull-up resistor of 4.7"
                + " kΩ and what disturbs it");
      } else if (!temperature.find()) {
        refuse(name, "answers without a temperature");
      } else {
        judge(name, time, text, Integer.parseInt(temperature.group(1)));
      }
    }

    /** Of a sensor that does not answer the file is gone, or empty until the kernel misses it. */
    private String text(String name) {
      try {
        return Files.readString(file(name));
      } catch (IOException e) {
        return "";
      }
    }

    private void judge(String name, Instant time, String text, int milli) {
      if (milli < COLDEST || milli > HOTTEST) {
        refuse(name, "tells what it cannot measure: look at its wires, or change it");
      } else if (milli == POWER_ON && isPowerOn(name, text)) {
        refuse(name, "tells 85 °C as after a loss of power: look at its supply wire");
      } else {
        last.put(name, milli);
        context.sink().accept(config.signal(name), Sample.good(time, milli / 1000.0));
      }
    }

    /** A sensor that has not measured says 85 °C; after a measurement its byte 6 is another. */
    private boolean isPowerOn(String name, String text) {
      Integer before = last.get(name);
      return text.startsWith("0c", 18) || before == null || Math.abs(before - POWER_ON) > NEAR;
    }

    private void refuse(String name, String why) {
      context.counters().countRejected(name + " (" + probe(name).address() + ") " + why);
    }

    @Override
    public void close() {}
  }
}
