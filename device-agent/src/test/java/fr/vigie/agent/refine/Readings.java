package fr.vigie.agent.refine;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Feeds a refiner readings of a gauge or counter, and keeps what leaves. */
final class Readings {
  static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  static final Signal HEAT = new Signal("oven", "heat", Kind.GAUGE, "Cel");
  static final Signal PARTS = new Signal("oven", "parts", Kind.COUNTER, "");

  final Map<String, List<Sample>> left = new HashMap<>();
  final Memory notebook = new Memory();
  private final Refiner refiner;

  Readings(Signal signal, Refinement refinement) {
    this(signal, refinement, new Memory());
  }

  Readings(Signal signal, Refinement refinement, Memory notebook) {
    this.notebook.lessons.putAll(notebook.lessons);
    this.refiner =
        new Refiner(
            signal,
            refinement,
            this.notebook,
            (its, sample) ->
                left.computeIfAbsent(its.name(), first -> new ArrayList<>()).add(sample));
  }

  static Sample at(double seconds, double number) {
    return Sample.good(time(seconds), number);
  }

  static Instant time(double seconds) {
    return START.plusNanos(Math.round(seconds * 1e9));
  }

  static double seconds(Sample sample) {
    return Duration.between(START, sample.time()).toNanos() / 1e9;
  }

  static double number(Sample sample) {
    return ((Value.Number) sample.value()).number();
  }

  /** Reads a sample at the moment it speaks of. */
  Readings read(Sample sample) {
    refiner.accept(sample, Nanos.of(sample.time()) - Nanos.of(START));
    return this;
  }

  Readings read(double seconds, double number) {
    return read(at(seconds, number));
  }

  Readings readUncertain(double seconds, double number) {
    return read(new Sample(time(seconds), Value.of(number), Quality.UNCERTAIN));
  }

  /** Time comes to a moment without a sample. */
  Readings pass(double seconds) {
    refiner.step(Math.round(seconds * 1e9));
    return this;
  }

  Readings close() {
    refiner.close();
    return this;
  }

  List<Sample> of(String signal) {
    return left.getOrDefault(signal, List.of());
  }

  /** As {@code seconds=value}, with a {@code ?} unless it is good. */
  List<String> told(String signal) {
    return of(signal).stream()
        .map(
            sample ->
                shown(seconds(sample))
                    + '='
                    + (sample.value() instanceof Value.Number number
                        ? shown(number.number())
                        : sample.value())
                    + (sample.quality() == Quality.UNCERTAIN ? "?" : ""))
        .toList();
  }

  private static String shown(double number) {
    double rounded = Math.round(number * 1e6) / 1e6;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  /** A notebook that forgets everything when the test ends. */
  static final class Memory implements Notebook {
    final Map<Signal, Lesson> lessons = new HashMap<>();
    int kept;

    @Override
    public Optional<Lesson> find(Signal signal) {
      return Optional.ofNullable(lessons.get(signal));
    }

    @Override
    public void keep(Signal signal, Lesson lesson) {
      lessons.put(signal, Lesson.parse(lesson.toString()));
      kept++;
    }
  }

  /** A refinement, one key at a time. */
  record Rules(
      Optional<Calibration> calibrate,
      Optional<Filter> filter,
      Windows windows,
      RateRule rate,
      Optional<States> states,
      boolean raw,
      Optional<Double> door,
      Optional<Duration> silence) {
    static final Rules NONE =
        new Rules(
            Optional.empty(),
            Optional.empty(),
            Windows.NONE,
            RateRule.NONE,
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty());

    Refinement build() {
      return new Refinement(
          calibrate, filter, windows, rate, states, raw, Optional.empty(), door, silence);
    }

    Rules calibrate(Calibration calibration) {
      return new Rules(Optional.of(calibration), filter, windows, rate, states, raw, door, silence);
    }

    Rules median(int median) {
      return filter(new Filter(median, Duration.ZERO));
    }

    Rules filter(Filter its) {
      return new Rules(calibrate, Optional.of(its), windows, rate, states, raw, door, silence);
    }

    Rules window(Duration window, Windows.Weight weight, Statistic... give) {
      Windows its = new Windows(Optional.of(window), List.of(give), weight);
      return new Rules(calibrate, filter, its, rate, states, raw, door, silence);
    }

    Rules rate(RateRule its) {
      return new Rules(calibrate, filter, windows, its, states, raw, door, silence);
    }

    Rules states(States its) {
      return new Rules(calibrate, filter, windows, rate, Optional.of(its), raw, door, silence);
    }

    Rules withoutRaw() {
      return new Rules(calibrate, filter, windows, rate, states, false, door, silence);
    }

    Rules door(double bound, Duration its) {
      return new Rules(
          calibrate, filter, windows, rate, states, raw, Optional.of(bound), Optional.of(its));
    }
  }
}
