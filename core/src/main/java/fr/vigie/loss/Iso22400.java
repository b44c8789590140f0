package fr.vigie.loss;

import fr.vigie.production.Figures;
import fr.vigie.production.Made;
import fr.vigie.production.Output;
import fr.vigie.production.Rate;
import fr.vigie.production.StopPiece;
import fr.vigie.production.TimeTree;
import fr.vigie.reason.StopKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Indicators of ISO 22400-2:2014 over one or several spans, from the elements that a machine and
 * its reasons tell. Where several products were made, each weighs with its own planned run time per
 * unit, so that the OEE index equals the TRS.
 *
 * @param output PQ, GQ, SQ, RQ and their times: PRU x PQ is its net time
 */
public record Iso22400(Time time, Output output) {
  private static final Set<StopKind> SETUP =
      EnumSet.of(StopKind.CHANGEOVER, StopKind.TOOL_CHANGE, StopKind.ADJUSTMENT);

  /**
   * Elements of time.
   *
   * @param busy planned busy time, PBT
   * @param production actual production time, APT: running, without setup and stops
   * @param setup actual unit setup time, AUST: stops to change a product or a tool or to adjust
   * @param delay actual unit delay time, ADET: all other stops, micro-stops included
   * @param order actual order execution time, AOET: opening time in which an order was on
   * @param calendar all time
   */
  public record Time(
      Duration busy,
      Duration production,
      Duration setup,
      Duration delay,
      Duration order,
      Duration calendar) {
    /** Actual unit processing time, AUPT. */
    public Duration processing() {
      return production.plus(setup);
    }

    Time plus(Time other) {
      return new Time(
          busy.plus(other.busy),
          production.plus(other.production),
          setup.plus(other.setup),
          delay.plus(other.delay),
          order.plus(other.order),
          calendar.plus(other.calendar));
    }
  }

  public static Iso22400 of(Figures figures) {
    TimeTree tree = figures.timeTree();
    Duration setup =
        figures.stillness().pieces().stream()
            .filter(piece -> piece.reason().filter(it -> SETUP.contains(it.kind())).isPresent())
            .map(StopPiece::length)
            .reduce(Duration.ZERO, Duration::plus);
    Duration still = tree.required().microStops().plus(tree.required().stops());
    Duration order =
        figures.counted().products().stream()
            .filter(made -> made.product().isPresent())
            .map(Made::time)
            .reduce(Duration.ZERO, Duration::plus);
    return new Iso22400(
        new Time(
            tree.tR(), tree.required().running(), setup, still.minus(setup), order, tree.total()),
        tree.output());
  }

  public Iso22400 plus(Iso22400 other) {
    return new Iso22400(time.plus(other.time), output.plus(other.output));
  }

  /** APT / PBT. */
  public Rate availability() {
    return Rate.of(time.production, time.busy);
  }

  /** PRU x PQ / APT; above 1 when parts came faster than planned. */
  public Rate effectiveness() {
    return timed() ? Rate.of(output.net(), time.production) : Rate.UNKNOWN;
  }

  /** GQ / PQ, in parts. */
  public Rate qualityRatio() {
    return parts(output.good());
  }

  /** Availability x effectiveness x quality, each product's parts weighed by its PRU. */
  public Rate oee() {
    return timed() ? Rate.of(output.useful(), time.busy) : Rate.UNKNOWN;
  }

  /**
   * Net equipment effectiveness, AUPT / PBT x effectiveness x quality: setup is no loss. Empty when
   * one of the three is.
   */
  public OptionalDouble nee() {
    OptionalDouble worked = Rate.of(time.processing(), time.busy).ratio();
    OptionalDouble yield =
        timed() ? Rate.of(output.useful(), time.production).ratio() : OptionalDouble.empty();
    return worked.isPresent() && yield.isPresent()
        ? OptionalDouble.of(worked.getAsDouble() * yield.getAsDouble())
        : OptionalDouble.empty();
  }

  /** OEE index x PBT / calendar time; not an indicator of the norm, and the same as the TRE. */
  public Rate teep() {
    return timed() ? Rate.of(output.useful(), time.calendar) : Rate.UNKNOWN;
  }

  /** Technical efficiency, APT / (APT + ADET). */
  public Rate technicalEfficiency() {
    return Rate.of(time.production, time.production.plus(time.delay));
  }

  /** AUST / AUPT. */
  public Rate setupRate() {
    return Rate.of(time.setup, time.processing());
  }

  /** SQ / PQ, scrap of start-up included. */
  public Rate scrapRatio() {
    return parts(output.rejects().lost());
  }

  /** RQ / PQ. */
  public Rate reworkRatio() {
    return parts(output.rejects().rework());
  }

  /** PQ / AOET in parts an hour; empty without orders or parts that are counted. */
  public OptionalDouble throughputPerHour() {
    boolean counted = output.known() != Output.Known.NOTHING;
    return time.order.isZero() || !counted
        ? OptionalDouble.empty()
        : OptionalDouble.of(output.parts() * 3.6e12 / time.order.toNanos());
  }

  private Rate parts(long number) {
    return output.known() == Output.Known.NOTHING
        ? Rate.UNKNOWN
        : Rate.ofParts(number, output.parts());
  }

  private boolean timed() {
    return output.known() == Output.Known.TIMES;
  }
}
