package fr.vigie.meter;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.HistogramGauges;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.core.instrument.internal.DefaultLongTaskTimer;
import io.micrometer.core.instrument.internal.DefaultMeter;
import io.micrometer.core.instrument.push.PushMeterRegistry;
import io.micrometer.core.instrument.push.PushRegistryConfig;
import io.micrometer.core.instrument.util.NamedThreadFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A Micrometer registry whose meters become signals of a machine. At every step, and a last time
 * when it is closed, each meter gives its present value. Counts and totals are cumulative, never
 * rates: a batch that comes late or a step that is missed takes nothing from a sum. Names and units
 * are those of docs/reference/meters.md. The reasons: docs/decisions/0018.
 */
public final class VigieMeterRegistry extends PushMeterRegistry {
  private static final String ONE = "1";
  private static final String SECONDS = "s";

  private final Duration step;
  private final InstantSource stamps;
  private final Outlet outlet;

  /**
   * Begins to publish, on a thread of its own.
   *
   * @param machine the machine that the signals belong to
   * @param step how often each meter gives its value, a second or more
   * @param outlet describes a signal and gives what takes its samples, such as {@code
   *     agent::signal}; called once for each signal, and refuses by an IllegalArgumentException
   * @param stamps dates the samples, such as {@code agent.clock()}
   */
  public VigieMeterRegistry(
      String machine,
      Duration step,
      Function<Signal, ? extends Consumer<Sample>> outlet,
      InstantSource stamps) {
    this(machine, step, outlet, stamps, Clock.SYSTEM);
    start(new NamedThreadFactory("vigie-meters"));
  }

  VigieMeterRegistry(
      String machine,
      Duration step,
      Function<Signal, ? extends Consumer<Sample>> outlet,
      InstantSource stamps,
      Clock clock) {
    super(new Every(step), clock);
    this.step = step;
    this.stamps = stamps;
    this.outlet = new Outlet(machine, outlet);
    config().namingConvention(NamingConvention.identity);
  }

  @Override
  protected void publish() {
    Round round = new Round(outlet, stamps.instant());
    for (Meter meter : getMeters()) {
      try {
        give(meter, round);
      } catch (RuntimeException e) {
        outlet.failed(meter.getId(), e);
      }
    }
  }

  private void give(Meter meter, Round round) {
    Meter.Id id = meter.getId();
    String name = getConventionName(id);
    Round.Of of = round.of(id, name, getConventionTags(id));
    meter.use(
        gauge -> of.give("", Kind.GAUGE, of.unit(), gauge.value()),
        counter -> of.give("", Kind.COUNTER, of.unit(), counter.count()),
        timer -> {
          of.give(".count", Kind.COUNTER, ONE, timer.count());
          of.give(".total", Kind.COUNTER, SECONDS, timer.totalTime(TimeUnit.SECONDS));
          of.give(".max", Kind.GAUGE, SECONDS, timer.max(TimeUnit.SECONDS));
        },
        summary -> {
          of.give(".count", Kind.COUNTER, ONE, summary.count());
          of.give(".total", Kind.COUNTER, of.unit(), summary.totalAmount());
          of.give(".max", Kind.GAUGE, of.unit(), summary.max());
        },
        tasks -> {
          of.give(".active", Kind.GAUGE, ONE, tasks.activeTasks());
          of.give(".duration", Kind.GAUGE, SECONDS, tasks.duration(TimeUnit.SECONDS));
          of.give(".max", Kind.GAUGE, SECONDS, tasks.max(TimeUnit.SECONDS));
        },
        time -> of.give("", Kind.GAUGE, SECONDS, time.value(TimeUnit.SECONDS)),
        counter -> of.give("", Kind.COUNTER, of.unit(), counter.count()),
        timer -> {
          of.give(".count", Kind.COUNTER, ONE, timer.count());
          of.give(".total", Kind.COUNTER, SECONDS, timer.totalTime(TimeUnit.SECONDS));
        },
        other -> {
          for (Measurement measurement : other.measure()) {
            Kind kind =
                switch (measurement.getStatistic()) {
                  case COUNT, TOTAL, TOTAL_TIME -> Kind.COUNTER;
                  case MAX, VALUE, UNKNOWN, ACTIVE_TASKS, DURATION -> Kind.GAUGE;
                };
            String statistic = '.' + measurement.getStatistic().getTagValueRepresentation();
            of.give(statistic, kind, of.unit(), measurement.getValue());
          }
        });
  }

  @Override
  protected <T> Gauge newGauge(Meter.Id id, @Nullable T of, ToDoubleFunction<T> value) {
    return new DefaultGauge<>(id, of, value);
  }

  @Override
  protected Counter newCounter(Meter.Id id) {
    return new CumulativeCounter(id);
  }

  @Override
  protected Timer newTimer(Meter.Id id, DistributionStatisticConfig form, PauseDetector pauses) {
    Timer timer = new CumulativeTimer(id, clock, form, pauses, getBaseTimeUnit(), false);
    HistogramGauges.registerWithCommonFormat(timer, this);
    return timer;
  }

  @Override
  protected DistributionSummary newDistributionSummary(
      Meter.Id id, DistributionStatisticConfig form, double scale) {
    DistributionSummary summary = new CumulativeDistributionSummary(id, clock, form, scale, false);
    HistogramGauges.registerWithCommonFormat(summary, this);
    return summary;
  }

  @Override
  protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig form) {
    LongTaskTimer tasks = new DefaultLongTaskTimer(id, clock, getBaseTimeUnit(), form, false);
    HistogramGauges.registerWithCommonFormat(tasks, this);
    return tasks;
  }

  @Override
  protected <T> FunctionTimer newFunctionTimer(
      Meter.Id id, T of, ToLongFunction<T> count, ToDoubleFunction<T> total, TimeUnit unit) {
    return new CumulativeFunctionTimer<>(id, of, count, total, unit, getBaseTimeUnit());
  }

  @Override
  protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T of, ToDoubleFunction<T> count) {
    return new CumulativeFunctionCounter<>(id, of, count);
  }

  @Override
  protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
    return new DefaultMeter(id, type, measurements);
  }

  @Override
  protected TimeUnit getBaseTimeUnit() {
    return TimeUnit.SECONDS;
  }

  @Override
  protected DistributionStatisticConfig defaultHistogramConfig() {
    return DistributionStatisticConfig.builder()
        .expiry(step)
        .build()
        .merge(DistributionStatisticConfig.DEFAULT);
  }

  private record Every(Duration step) implements PushRegistryConfig {
    @Override
    public String prefix() {
      return "vigie";
    }

    @Override
    public @Nullable String get(String key) {
      return null;
    }
  }
}
