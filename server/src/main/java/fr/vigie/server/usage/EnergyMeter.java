package fr.vigie.server.usage;

import fr.vigie.column.Column;
import fr.vigie.energy.Energy;
import fr.vigie.energy.LoadCurve;
import fr.vigie.energy.MeterRule;
import fr.vigie.server.diagnosis.WrongSort;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A counter of energy.
 *
 * @param unit UCUM, one of {@link #UNITS}
 */
public record EnergyMeter(Series series, String unit) {
  /** Units of meters, and how many kWh one of each is. */
  public static final Map<String, Double> UNITS =
      Map.of("W.h", 0.001, "kW.h", 1.0, "MW.h", 1_000.0);

  /** No single machine or small factory draws more. */
  private static final double MOST_KILOWATTS = 10_000;

  private static final Duration SILENCE = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException when the unit is none of energy
   */
  public EnergyMeter {
    if (!UNITS.containsKey(unit)) {
      throw new IllegalArgumentException("a unit of energy: found '" + unit + "'");
    }
  }

  /**
   * What it counted in a span, as far as is known; samples around the span are read too.
   *
   * @throws IOException when the store cannot be read
   * @throws IllegalArgumentException when the signal is one of texts
   */
  public Energy within(Store store, Span span) throws IOException {
    Optional<Sample> before = store.asOf(series, span.start());
    Column column =
        store.range(
            series,
            new Span(before.map(Sample::time).orElse(span.start()), span.end().plus(SILENCE)));
    MeterRule rule =
        new MeterRule.Counter(
            UNITS.getOrDefault(unit, 1.0), OptionalDouble.empty(), MOST_KILOWATTS, SILENCE);
    return LoadCurve.of(rule, WrongSort.checked(series, column, false), List.of(), span.end())
        .within(span);
  }
}
