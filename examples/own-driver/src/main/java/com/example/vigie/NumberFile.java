package com.example.vigie;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A file of the kernel that holds one number, such as a temperature under /sys/class/thermal.
 *
 * @param machine the machine that the signal belongs to
 * @param file an absolute path
 * @param every how often it is read
 * @param signal the signal's name
 * @param unit UCUM symbol
 * @param scale the value is the number times this
 */
public record NumberFile(
    String machine,
    Path file,
    @Default("10s") Duration every,
    String signal,
    @Default("") String unit,
    @Default("1") Double scale)
    implements DriverConfig {
  public NumberFile {
    new Mistakes()
        .unless(file.isAbsolute(), "file", "'" + file + "'", "an absolute path")
        .unless(every.toMillis() >= 10, "every", every.toMillis() + " ms", "10ms or more")
        .refuse();
  }

  @Override
  public List<Signal> describe() {
    return List.of(new Signal(machine, signal, Kind.GAUGE, unit));
  }

  @Override
  public Place place() {
    return Place.alone(file);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read: is the path right, and may this user read it?");
    }
    return new Reader(this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "number-file";
    }

    @Override
    public Class<NumberFile> config() {
      return NumberFile.class;
    }
  }

  private static final class Reader implements Driver {
    private final NumberFile config;
    private final DriverContext context;
    private final Rhythm rhythm;

    Reader(NumberFile config, DriverContext context) {
      this.config = config;
      this.context = context;
      this.rhythm = new Rhythm(config.every(), context);
    }

    @Override
    public void step() throws IOException {
      if (!rhythm.isDue()) {
        return;
      }
      String text = Files.readString(config.file()).strip();
      context.counters().countRead();
      try {
        double value = Double.parseDouble(text) * config.scale();
        Sample sample = Sample.good(context.clock().instant(), value);
        context.sink().accept(config.describe().get(0), sample);
      } catch (IllegalArgumentException e) {
        context.counters().countRejected("no number in " + config.file() + ": '" + text + "'");
      }
    }

    @Override
    public void close() {}
  }
}
