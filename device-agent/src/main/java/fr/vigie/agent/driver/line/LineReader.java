package fr.vigie.agent.driver.line;

import fr.vigie.agent.driver.Decimal;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Lines to samples. A value that makes no sense is counted and never guessed. When the device
 * counts its lines, a line with such a value is refused whole, so that the next one declares it;
 * otherwise its other values are taken.
 */
final class LineReader implements LineBuffer.Lines {
  private record Reading(Signal signal, Sample sample) {}

  private final SerialLine config;
  private final DriverContext context;
  private final DriverCounters counters;
  private final LineFormat.Parser parser;
  private final DeviceTime deviceTime;
  private final Map<String, Signal> fed;
  private final Fields fields = new Fields();
  private final List<Reading> readings = new ArrayList<>();
  private OptionalLong sequence;
  private Optional<Instant> lastTime = Optional.empty();
  private long refusedEarly;
  private boolean skipNext;

  LineReader(SerialLine config, DriverContext context) {
    this.config = config;
    this.context = context;
    this.counters = context.counters();
    this.parser = config.parser();
    this.deviceTime = new DeviceTime(config.zone());
    this.sequence = context.lastDeviceSequence();
    this.skipNext = config.skipFirst();
    this.fed = LineSignal.byKey(config.machine(), config.signals());
  }

  @Override
  public void rejected(String why) {
    counters.countRead();
    refused(why);
    skipNext = false;
  }

  /** Of a line that is refused only a later count can tell, once one is known. */
  private void refused(String why) {
    counters.countRejected(why);
    if (sequence.isEmpty()) {
      refusedEarly++;
    }
  }

  @Override
  public void line(String line) {
    counters.countRead();
    if (skipNext) {
      skipNext = false;
      counters.countIgnored();
      return;
    }
    fields.clear();
    if (!parser.parse(line, fields)) {
      refused("a line of another form: " + shortened(line));
      return;
    }
    Optional<Instant> time = time(line);
    if (time.isEmpty()) {
      return;
    }
    if (config.sequence().isEmpty()) {
      read(time.get());
      handOver();
      return;
    }
    OptionalLong number = number(config.sequence().get());
    if (number.isEmpty()) {
      refused("a line without its count: " + shortened(line));
    } else if (read(time.get())) {
      follow(number.getAsLong(), time.get());
      handOver();
      context.sink().mark(number.getAsLong());
    } else if (sequence.isEmpty()) {
      refusedEarly++;
    }
  }

  private Optional<Instant> time(String line) {
    Optional<String> text =
        config.time().isPresent() ? fields.get(config.time().get()) : fields.time();
    if (text.isEmpty()) {
      if (config.time().isPresent()) {
        refused("a line without its time: " + shortened(line));
        return Optional.empty();
      }
      return Optional.of(context.clock().instant());
    }
    Optional<Instant> time = deviceTime.read(text.get());
    if (time.isEmpty()) {
      refused(
          "a time that cannot be read: "
              + shortened(text.get())
              + (config.zone().isEmpty() ? " (without Z or an offset it needs `zone:`)" : ""));
    }
    return time;
  }

  /** Reads all values of the line; false when one made no sense. */
  private boolean read(Instant time) {
    readings.clear();
    boolean whole = true;
    for (int i = 0; i < fields.size(); i++) {
      String key = fields.key(i);
      Signal target = fed.get(key);
      if (target == null) {
        if (!isOwn(key)) {
          counters.countIgnored();
        }
        continue;
      }
      Optional<Sample> sample = sample(target, fields.value(i), time);
      if (sample.isPresent()) {
        readings.add(new Reading(target, sample.get()));
      } else {
        whole = false;
        counters.countRejected(target.name() + " is no number: " + shortened(fields.value(i)));
      }
    }
    return whole;
  }

  private boolean isOwn(String key) {
    return key.equals(config.time().orElse("")) || key.equals(config.sequence().orElse(""));
  }

  @SuppressWarnings("ReferenceEquality")
  private Optional<Sample> sample(Signal signal, String value, Instant time) {
    if (value == Fields.NONE) {
      return Optional.of(Sample.missing(time));
    }
    if (signal.kind().isText()) {
      return Optional.of(Sample.good(time, value));
    }
    if (config.missing().contains(value)) {
      return Optional.of(Sample.missing(time));
    }
    OptionalDouble number = Decimal.read(value, config.decimal().charAt(0));
    return number.isPresent()
        ? Optional.of(Sample.good(time, number.getAsDouble()))
        : Optional.empty();
  }

  /**
   * Follows the device's own count. A jump is a loss of exactly the lines between. A count that
   * begins again at 0 or 1 is a restart without loss; one that goes back to a higher number lost an
   * unknown number of lines. Before the first count, what was refused is what was lost.
   */
  private void follow(long number, Instant time) {
    if (sequence.isPresent()) {
      long last = sequence.getAsLong();
      if (number > last + 1) {
        lost(number - last - 1, time);
      } else if (number < last && number > 1) {
        lost(-1, time);
      }
    } else if (refusedEarly > 0 && number > 0) {
      lost(Math.min(refusedEarly, number), time);
    }
    sequence = OptionalLong.of(number);
    lastTime = Optional.of(time);
  }

  private void lost(long count, Instant time) {
    Instant since = lastTime.filter(last -> last.isBefore(time)).orElse(time);
    context
        .sink()
        .lost(new Loss(context.sensor(), new Span(since, time), count, Loss.Reason.DEVICE_GAP));
  }

  private void handOver() {
    for (Reading reading : readings) {
      context.sink().accept(reading.signal(), reading.sample());
    }
  }

  private OptionalLong number(String key) {
    String text = fields.get(key).orElse("");
    if (text.isEmpty() || text.length() > 18) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      number = number * 10 + digit;
    }
    return OptionalLong.of(number);
  }

  private static String shortened(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
