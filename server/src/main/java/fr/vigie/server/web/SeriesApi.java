package fr.vigie.server.web;

import fr.vigie.column.Column;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "series")
final class SeriesApi {
  static final int MOST_SAMPLES = 1_000_000;
  static final int MOST_WINDOWS = 20_000;
  private static final int MOST_LOOKED_THROUGH = 1_000_000;

  private final Store store;
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final InstantSource clock;

  SeriesApi(Store store, Plant plant, Diagnosis diagnosis, InstantSource clock) {
    this.store = store;
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.clock = clock;
  }

  record SeriesView(String site, String machine, String signal) {}

  /**
   * @param value a number, a text, or null when the device had none
   */
  record SampleView(Instant time, @Nullable Object value, String quality) {}

  /**
   * @param coverage from the first sample on unless {@code from} was given, up to now
   * @param truncated whether the span holds more than these; ask again from {@code next}
   */
  record SamplesView(
      SeriesView series,
      Instant from,
      Instant to,
      @Nullable CoverageView coverage,
      boolean truncated,
      @Nullable Instant next,
      List<SampleView> samples) {}

  /**
   * @param coverage null when {@code from} was not given
   */
  record CountView(
      SeriesView series, Instant from, Instant to, @Nullable CoverageView coverage, long count) {}

  /**
   * @param mean null when the sum is beyond what a number can say
   */
  record WindowView(
      Instant start,
      Instant end,
      long count,
      @Nullable Double mean,
      double min,
      double max,
      double first,
      double last) {}

  record WindowsView(
      SeriesView series,
      Instant from,
      Instant to,
      @Nullable CoverageView coverage,
      double widthSeconds,
      List<WindowView> windows) {}

  @GetMapping("/series")
  @Operation(summary = "Every series that holds at least one sample")
  List<SeriesView> series() throws IOException {
    return store.series().stream()
        .sorted(
            Comparator.comparing(Series::site)
                .thenComparing(Series::machine)
                .thenComparing(Series::signal))
        .map(SeriesApi::view)
        .toList();
  }

  @GetMapping("/series/{machine}/{signal}/samples")
  @Operation(
      summary = "Samples in order of time, the oldest first",
      description = "At most limit of them, 10,000 unless said, 1,000,000 at most.")
  SamplesView samples(
      @PathVariable("machine") String machine,
      @PathVariable("signal") String signal,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam(name = "limit", defaultValue = "10000") int limit)
      throws IOException {
    if (limit < 1 || limit > MOST_SAMPLES) {
      throw Problem.wrong("problem.limit", MOST_SAMPLES);
    }
    Series series = find(machine, signal);
    Span span = everything(from, to);
    boolean truncated = store.count(series, span) > limit;
    Span read = truncated ? firstOf(series, span, limit) : span;
    Column column = store.range(series, read);
    return new SamplesView(
        view(series),
        span.start(),
        span.end(),
        coverage(series, from.isPresent() || column.isEmpty() ? span : since(column, span)),
        truncated,
        truncated ? read.end() : null,
        new Samples(column));
  }

  @GetMapping("/series/{machine}/{signal}/count")
  @Operation(summary = "How many samples there are")
  CountView count(
      @PathVariable("machine") String machine,
      @PathVariable("signal") String signal,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Series series = find(machine, signal);
    Span span = everything(from, to);
    return new CountView(
        view(series),
        span.start(),
        span.end(),
        from.isPresent() ? coverage(series, span) : null,
        store.count(series, span));
  }

  @GetMapping("/series/{machine}/{signal}/windows")
  @Operation(
      summary = "Figures of windows of equal width, by default of the last day",
      description = "width: such as 30s, 5m, 1h or 1d. Windows without numbers are left out.")
  WindowsView windows(
      @PathVariable("machine") String machine,
      @PathVariable("signal") String signal,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam(name = "width", defaultValue = "5m") String width)
      throws IOException {
    Series series = find(machine, signal);
    Span span = Question.span(from, to, lastDay());
    Duration wide = Question.width(width, span, MOST_WINDOWS);
    return new WindowsView(
        view(series),
        span.start(),
        span.end(),
        coverage(series, span),
        RateView.seconds(wide),
        store.windows(series, span, wide).stream()
            .map(
                window ->
                    new WindowView(
                        window.span().start(),
                        window.span().end(),
                        window.count(),
                        Double.isFinite(window.mean()) ? window.mean() : null,
                        window.min(),
                        window.max(),
                        window.first(),
                        window.last()))
            .toList());
  }

  /** What of the span was seen; null when its samples are too many to be looked through. */
  private @Nullable CoverageView coverage(Series series, Span span) throws IOException {
    return store.count(series, span) > MOST_LOOKED_THROUGH
        ? null
        : CoverageView.of(diagnosis.coverage(series, span));
  }

  private static Span since(Column column, Span span) {
    return new Span(column.time(0), span.end());
  }

  private Span lastDay() {
    Instant now = clock.instant();
    return new Span(now.minus(Duration.ofDays(1)), now);
  }

  private Span everything(Optional<String> from, Optional<String> to) {
    Instant start = from.map(Question::instant).orElse(Instant.EPOCH);
    Instant end = to.map(Question::instant).orElse(clock.instant().plus(Duration.ofDays(2)));
    if (!start.isBefore(end)) {
      throw Problem.wrong("problem.span", Question.MOST_DAYS);
    }
    return new Span(start, end);
  }

  /** The start of the span that holds as many samples as may be, but no more. */
  private Span firstOf(Series series, Span span, int limit) throws IOException {
    long start = Nanos.of(span.start());
    long enough = start;
    long tooMuch = Nanos.of(span.end());
    while (tooMuch - enough > 1) {
      long middle = enough + (tooMuch - enough) / 2;
      long count = store.count(series, new Span(span.start(), Nanos.instant(middle)));
      if (count == limit) {
        return new Span(span.start(), Nanos.instant(middle));
      }
      if (count < limit) {
        enough = middle;
      } else {
        tooMuch = middle;
      }
    }
    return new Span(span.start(), Nanos.instant(Math.max(enough, start + 1)));
  }

  private Series find(String machine, String signal) throws IOException {
    String site = plant.machine(machine).map(Machine::site).orElse(plant.site());
    return store.series().stream()
        .filter(series -> series.machine().equals(machine) && series.signal().equals(signal))
        .min(Comparator.comparing(series -> !series.site().equals(site)))
        .orElseThrow(
            () -> Problem.absent("problem.series", Question.shortened(machine + '/' + signal)));
  }

  private static SeriesView view(Series series) {
    return new SeriesView(series.site(), series.machine(), series.signal());
  }

  /** A column as it is written, sample by sample, so that a large answer takes little memory. */
  private static final class Samples extends AbstractList<SampleView> {
    private final Column column;

    Samples(Column column) {
      this.column = column;
    }

    @Override
    public SampleView get(int index) {
      Quality quality = column.quality(index);
      String said = quality.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (quality == Quality.MISSING) {
        return new SampleView(column.time(index), null, said);
      }
      Object value =
          column.isText() ? column.text(index) : (Object) Double.valueOf(column.number(index));
      return new SampleView(column.time(index), value, said);
    }

    @Override
    public int size() {
      return column.size();
    }
  }
}
