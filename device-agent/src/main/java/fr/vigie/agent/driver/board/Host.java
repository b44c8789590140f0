package fr.vigie.agent.driver.board;

import fr.vigie.agent.driver.Decimal;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MeasuringConfig;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the board itself is. What a board does not tell is handed over once as missing.
 *
 * @param machine the machine that the signals belong to, best one of the board's own
 * @param disk a folder of the file system whose free room is told
 * @param every from one reading to the next
 * @param signals by name; left out, all
 */
public record Host(
    String machine,
    @Default("/") Path disk,
    @Default("60s") Duration every,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final Quantity TEMPERATURE = Quantity.gauge("temperature", "Cel");
  private static final Quantity THROTTLING = Quantity.state("throttling");
  private static final Quantity DISK_WEAR = Quantity.gauge("disk-wear", "%");
  private static final Quantity DISK_FREE = Quantity.gauge("disk-free", "MiBy");
  private static final Quantity MEMORY = Quantity.gauge("memory-available", "MiBy");
  private static final Quantity LOAD = Quantity.gauge("load", "1");
  private static final List<Quantity> QUANTITIES =
      List.of(TEMPERATURE, THROTTLING, DISK_WEAR, DISK_FREE, MEMORY, LOAD);

  public Host {
    Mistakes mistakes =
        new Mistakes()
            .unless(disk.isAbsolute(), "disk", "'" + disk + "'", "a path such as /var/lib/vigie")
            .unless(
                every.compareTo(Duration.ofSeconds(1)) >= 0,
                "every",
                every.toMillis() + " ms",
                "1s or more");
    Quantity.check(mistakes, QUANTITIES, machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  @Override
  public List<Quantity> quantities() {
    return QUANTITIES;
  }

  @Override
  public Place place() {
    return new Place("the board itself", machine, "");
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    if (!Files.isDirectory(disk)) {
      throw new IOException(disk + " is no folder: look at `disk`");
    }
    return new Reader(Path.of("/"), this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "host";
    }

    @Override
    public Class<Host> config() {
      return Host.class;
    }
  }

  /** Reads what the kernel tells of the board. */
  static final class Reader implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d{1,15}) kB");
    private static final List<String> FLAGS =
        List.of("under-voltage", "frequency-capped", "throttled", "hot");
    private static final double MEBI = 1 << 20;
    private static final int WORN_OUT = 0x0B;

    private final Path root;
    private final Host config;
    private final DriverContext context;
    private final Readings readings;
    private final Rhythm rhythm;
    private final Set<String> untold = new HashSet<>();

    /**
     * @param root of the file system that the kernel's files are read from
     */
    Reader(Path root, Host config, DriverContext context) {
      this.root = root;
      this.config = config;
      this.context = context;
      this.readings = new Readings(config, context);
      this.rhythm = new Rhythm(config.every, context);
    }

    @Override
    public void step() {
      if (!rhythm.isDue()) {
        return;
      }
      Instant time = context.clock().instant();
      context.counters().countRead();
      give(TEMPERATURE, time, temperature(), 1);
      Optional<String> throttling = throttling();
      throttling.ifPresentOrElse(
          text -> readings.give(THROTTLING.name(), time, text), () -> untold(THROTTLING, time));
      give(DISK_WEAR, time, wear(), 0);
      give(DISK_FREE, time, free(), 0);
      give(MEMORY, time, memory(), 0);
      give(LOAD, time, load(), 2);
    }

    private void give(Quantity quantity, Instant time, OptionalDouble value, int decimals) {
      if (value.isPresent()) {
        readings.give(quantity.name(), time, value.getAsDouble(), decimals);
      } else {
        untold(quantity, time);
      }
    }

    private void untold(Quantity quantity, Instant time) {
      if (readings.wants(quantity.name()) && untold.add(quantity.name())) {
        LOG.info("{}: this board tells no {}", context.sensor(), quantity.name());
        readings.missing(quantity.name(), time);
      }
    }

    /** Of the processor, or of the first place that has one. */
    private OptionalDouble temperature() {
      Optional<Path> zone =
          folders("sys/class/thermal", "thermal_zone*").stream()
              .filter(folder -> text(folder.resolve("type")).orElse("").contains("cpu"))
              .findFirst()
              .or(() -> folders("sys/class/thermal", "thermal_zone*").stream().findFirst());
      OptionalDouble milli =
          zone.flatMap(folder -> text(folder.resolve("temp")))
              .map(text -> Decimal.read(text, '.'))
              .orElse(OptionalDouble.empty());
      return milli.isPresent()
          ? OptionalDouble.of(milli.getAsDouble() / 1000)
          : OptionalDouble.empty();
    }

    /** What holds a Raspberry Pi back now, as the firmware of the board tells. */
    private Optional<String> throttling() {
      return text(root.resolve("sys/devices/platform/soc/soc:firmware/get_throttled"))
          .filter(text -> text.matches("(0x)?[0-9a-f]{1,8}"))
          .map(text -> Long.parseLong(text.replaceFirst("0x", ""), 16))
          .map(
              bits -> {
                List<String> set = new ArrayList<>();
                for (int i = 0; i < FLAGS.size(); i++) {
                  if ((bits & 1L << i) != 0) {
                    set.add(FLAGS.get(i));
                  }
                }
                return set.isEmpty() ? "none" : String.join(",", set);
              });
    }

    /** The used part of a flash memory's life, in tenths as its maker reckons it; 110 is beyond. */
    private OptionalDouble wear() {
      return folders("sys/block", "mmcblk*").stream()
          .flatMap(folder -> text(folder.resolve("device/life_time")).stream())
          .flatMap(text -> Stream.of(text.split("\\s+")))
          .filter(text -> text.matches("0x[0-9a-fA-F]{2}"))
          .mapToInt(text -> Integer.parseInt(text.substring(2), 16))
          .filter(tenths -> tenths > 0 && tenths <= WORN_OUT)
          .mapToDouble(tenths -> tenths * 10.0)
          .max();
    }

    private OptionalDouble free() {
      try {
        return OptionalDouble.of(Files.getFileStore(config.disk).getUsableSpace() / MEBI);
      } catch (IOException e) {
        return OptionalDouble.empty();
      }
    }

    private OptionalDouble memory() {
      Matcher available = AVAILABLE.matcher(text(root.resolve("proc/meminfo")).orElse(""));
      return available.find()
          ? OptionalDouble.of(Long.parseLong(available.group(1)) * 1024 / MEBI)
          : OptionalDouble.empty();
    }

    /** Of the last minute. */
    private OptionalDouble load() {
      return text(root.resolve("proc/loadavg"))
          .map(text -> Decimal.read(text.split(" ", 2)[0], '.'))
          .orElse(OptionalDouble.empty());
    }

    private List<Path> folders(String parent, String names) {
      List<Path> found = new ArrayList<>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve(parent), names)) {
        all.forEach(found::add);
      } catch (IOException e) {
        return List.of();
      }
      return found.stream().sorted().toList();
    }

    private static Optional<String> text(Path file) {
      try {
        return Optional.of(Files.readString(file).strip());
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    @Override
    public void close() {}
  }
}
