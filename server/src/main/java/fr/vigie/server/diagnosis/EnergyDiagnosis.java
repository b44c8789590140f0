package fr.vigie.server.diagnosis;

import fr.vigie.calendar.Shift;
import fr.vigie.column.Column;
import fr.vigie.energy.Energy;
import fr.vigie.energy.EnergyUse;
import fr.vigie.energy.LoadCurve;
import fr.vigie.energy.Observation;
import fr.vigie.energy.PerPart;
import fr.vigie.production.Figures;
import fr.vigie.production.MachineState;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Orders;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What machines used, read from the store and made by the energy engine. Safe for use by several
 * threads.
 */
@Component
public class EnergyDiagnosis {
  /** Days that end at 24:00 are stamped a day early; coarse meters step seldom. */
  private static final Duration AROUND = Duration.ofHours(26);

  private static final double KNOWN = 0.95;

  private final Diagnosis diagnosis;
  private final Orders orders;
  private final Holes holes;
  private final InstantSource clock;

  public EnergyDiagnosis(
      Diagnosis diagnosis, Orders orders, Store store, Presence presence, InstantSource clock) {
    this.diagnosis = diagnosis;
    this.orders = orders;
    this.holes = new Holes(store, presence);
    this.clock = clock;
  }

  /**
   * What was used in a span, cut at now when it ends later.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when more samples would have to be read than a question may take
   * @throws IllegalArgumentException when the signals are not of the sort that the machine's
   *     description says
   */
  public EnergyReckoning energy(Machine machine, Meter meter, Span asked) throws IOException {
    Span span = Diagnosis.upTo(asked, clock.instant());
    LoadCurve curve = curve(machine, meter, span);
    Figures figures = diagnosis.figures(machine, span);
    EnergyUse use = EnergyUse.of(curve, figures.timeline(), opening(machine, span));
    return new EnergyReckoning(
        use,
        figures,
        curve.gaps().stream().filter(gap -> gap.span().overlap(span).isPresent()).toList());
  }

  /**
   * @param span in which the order was on, within the span asked for
   * @param energy of that time, over the good parts that were complete in it
   */
  public record OrderEnergy(Orders.Entry entry, Span span, PerPart energy) {}

  /**
   * What each order that stands used within a span, by its start; an order is on until its end or
   * the next one's start.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when more samples would have to be read than a question may take
   * @throws IllegalArgumentException as {@link #energy} does
   */
  public List<OrderEnergy> byOrder(Machine machine, Meter meter, Span asked) throws IOException {
    Span span = Diagnosis.upTo(asked, clock.instant());
    LoadCurve curve = curve(machine, meter, span);
    List<Orders.Entry> standing =
        orders.entries(machine.name(), span).stream()
            .filter(entry -> entry.written().withdrawn().isEmpty())
            .toList();
    List<OrderEnergy> energies = new ArrayList<>();
    for (int i = 0; i < standing.size(); i++) {
      Instant start = standing.get(i).order().start();
      Instant next = i + 1 < standing.size() ? standing.get(i + 1).order().start() : span.end();
      Instant end = standing.get(i).order().end().filter(next::isAfter).orElse(next);
      Optional<Span> on =
          end.isAfter(start) ? new Span(start, end).overlap(span) : Optional.empty();
      if (on.isPresent()) {
        long good = diagnosis.figures(machine, on.get()).good();
        PerPart energy = new PerPart(curve.within(on.get()), good);
        energies.add(new OrderEnergy(standing.get(i), on.get(), energy));
      }
    }
    return energies;
  }

  /** What may explain the energy of a period. */
  public enum Driver {
    GOOD_PARTS,
    PARTS,
    RUNNING_HOURS;

    double of(Figures figures) {
      return switch (this) {
        case GOOD_PARTS -> figures.good();
        case PARTS -> figures.parts();
        case RUNNING_HOURS -> figures.timeline().time(MachineState.RUNNING).toNanos() / 3.6e12;
      };
    }
  }

  /**
   * @param observations of the periods of which enough is known, in order of time
   * @param leftOut those of which less than 95 % of the energy's time is known, or for which a TRS
   *     would be refused for what was not observed
   */
  public record Observed(List<Observation> observations, List<Span> leftOut) {
    public Observed {
      observations = List.copyOf(observations);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Energy and its drivers by whole local days, weeks or months within a span; what is not over is
   * left aside.
   *
   * @throws IOException when the store cannot be read
   * @throws TooMuch when more samples would have to be read than a question may take
   * @throws IllegalArgumentException as {@link #energy} does
   */
  public Observed observe(
      Machine machine, Meter meter, Span asked, Period step, List<Driver> drivers, ZoneId zone)
      throws IOException {
    Span span = Diagnosis.upTo(asked, clock.instant());
    List<Observation> observations = new ArrayList<>();
    List<Span> leftOut = new ArrayList<>();
    for (Span period : periods(span, step, zone)) {
      Energy energy = curve(machine, meter, period).within(period);
      Figures figures = diagnosis.figures(machine, period);
      if (energy.coverage().orElse(0) < KNOWN || !isObserved(figures)) {
        leftOut.add(period);
      } else {
        List<Double> values = drivers.stream().map(driver -> driver.of(figures)).toList();
        observations.add(new Observation(period, energy.kilowattHours(), values));
      }
    }
    return new Observed(observations, leftOut);
  }

  private static boolean isObserved(Figures figures) {
    Duration unseen = figures.timeline().time(MachineState.UNOBSERVED);
    return unseen.toNanos() <= (1 - KNOWN) * figures.span().length().toNanos();
  }

  private static List<Span> periods(Span span, Period step, ZoneId zone) {
    List<Span> periods = new ArrayList<>();
    LocalDate day = span.start().atZone(zone).toLocalDate();
    if (day.atStartOfDay(zone).toInstant().isBefore(span.start())) {
      day = day.plusDays(1);
    }
    while (true) {
      Instant start = day.atStartOfDay(zone).toInstant();
      day = day.plus(step);
      Instant end = day.atStartOfDay(zone).toInstant();
      if (end.isAfter(span.end())) {
        return periods;
      }
      periods.add(new Span(start, end));
    }
  }

  private LoadCurve curve(Machine machine, Meter meter, Span span) throws IOException {
    Series series = machine.series(meter.signal());
    Instant now = clock.instant();
    Instant after = span.end().plus(AROUND);
    Span read = new Span(span.start().minus(AROUND), after.isBefore(now) ? after : now);
    diagnosis.check(List.of(series), read);
    Column samples = WrongSort.checked(series, diagnosis.column(series, read), false);
    List<Span> missing = new ArrayList<>();
    holes.of(series, read).forEach(hole -> missing.add(hole.span()));
    for (Hole hole : Holes.told(series.signal(), samples, read)) {
      if (hole.reason() == HoleReason.CLOCK_UNSYNCED) {
        missing.add(hole.span());
      }
    }
    return LoadCurve.of(meter.rule(), samples, missing, read.end());
  }

  private static Optional<EnergyUse.Opening> opening(Machine machine, Span span) {
    Span days = new Span(span.start().minus(AROUND), span.end().plus(AROUND));
    return machine
        .rules()
        .calendar()
        .map(
            calendar ->
                new EnergyUse.Opening(
                    calendar.shifts(days).stream().map(Shift::span).toList(), calendar.zone()));
  }
}
