package fr.vigie.production;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The nested times of NF E60-182 (2002) over one or several spans, and their rates. Trees are added
 * and their rates taken from the sum; rates are never averaged.
 *
 * @param total tT, calendar time of the span while the machine was in service
 * @param opening tO, the part of it in which the workshop was open
 * @param required tR, split by what the machine did in it
 * @param output what was made in opening time: a part that ends in a break, or scrap declared in
 *     one, belongs to its shift
 */
public record TimeTree(Duration total, Duration opening, Required required, Output output) {
  public static final TimeTree NOTHING =
      new TimeTree(Duration.ZERO, Duration.ZERO, Required.NOTHING, Output.NOTHING);

  /**
   * Required time, split without rest.
   *
   * @param stops of the micro-stop threshold or longer: lost to availability
   * @param microStops shorter ones: lost to performance
   */
  public record Required(
      Duration running, Duration microStops, Duration stops, Duration unobserved) {
    public static final Required NOTHING =
        new Required(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Required plus(Required other) {
      return new Required(
          running.plus(other.running),
          microStops.plus(other.microStops),
          stops.plus(other.stops),
          unobserved.plus(other.unobserved));
    }
  }

  public TimeTree plus(TimeTree other) {
    return new TimeTree(
        total.plus(other.total),
        opening.plus(other.opening),
        required.plus(other.required),
        output.plus(other.output));
  }

  /** Total time. */
  public Duration tT() {
    return total;
  }

  /** Opening time. */
  public Duration tO() {
    return opening;
  }

  /** Required time, observed or not. */
  public Duration tR() {
    return observed().plus(required.unobserved);
  }

  /** Operating time: required and observed, without stops; micro-stops are part of it. */
  public Duration tF() {
    return required.running.plus(required.microStops);
  }

  /** Net time; empty without a reference cycle. */
  public Optional<Duration> tN() {
    return timed() ? Optional.of(output.net()) : Optional.empty();
  }

  /** Useful time; empty without a reference cycle. */
  public Optional<Duration> tU() {
    return timed() ? Optional.of(output.useful()) : Optional.empty();
  }

  /** Required time whose state is known. */
  public Duration observed() {
    return tF().plus(required.stops);
  }

  /**
   * Time lost to parts that were not good, those of start-up included; empty without a reference
   * cycle.
   */
  public Optional<Duration> nonQuality() {
    return tN().map(net -> net.minus(output.useful()));
  }

  /**
   * Time lost to running below the reference rate (écarts de cadence): running time less tN.
   * Negative when parts came faster than the reference; empty without a reference cycle.
   */
  public Optional<Duration> speedLoss() {
    return tN().map(net -> required.running.minus(net));
  }

  /** Whether more was made than the reference cycle allows in tF: it is too long. */
  public boolean isReferenceTooLong() {
    return timed() && output.net().compareTo(tF()) > 0;
  }

  /** What its own numbers cannot be: whenever a rate leaves 0 to 1, at least one of them. */
  public Set<Remark> doubts() {
    Set<Remark> doubts = EnumSet.noneOf(Remark.class);
    long rejects = output.rejects().all();
    if (isReferenceTooLong()) {
      doubts.add(Remark.REFERENCE_TOO_LONG);
    }
    if (rejects > Math.max(0, output.parts())
        || output.useful().isNegative() && !output.net().isNegative()) {
      doubts.add(Remark.REJECTS_ABOVE_PRODUCTION);
    }
    if (output.parts() < 0
        || output.rejects().scrap() < 0
        || output.net().isNegative()
        || output.useful().compareTo(output.net()) > 0) {
      doubts.add(Remark.NEGATIVE_COUNT);
    }
    return doubts;
  }

  /** Availability, DO = tF / tR. */
  public Rate availability() {
    return Rate.of(tF(), tR());
  }

  /** Performance, TP = tN / tF; above 1 when the reference cycle is too long. */
  public Rate performance() {
    return timed() ? Rate.of(output.net(), tF()) : Rate.UNKNOWN;
  }

  /** Quality, TQ = tU / tN, or good parts over parts when no reference cycle is known. */
  public Rate quality() {
    if (output.known() == Output.Known.PARTS) {
      return Rate.ofParts(output.good(), output.parts());
    }
    return timed() ? Rate.of(output.useful(), output.net()) : Rate.UNKNOWN;
  }

  /** TRS = tU / tR, known elsewhere as OEE. */
  public Rate trs() {
    return timed() ? Rate.of(output.useful(), tR()) : Rate.UNKNOWN;
  }

  /** TRG = tU / tO. */
  public Rate trg() {
    return timed() ? Rate.of(output.useful(), opening) : Rate.UNKNOWN;
  }

  /** TRE = tU / tT, known elsewhere as TEEP. */
  public Rate tre() {
    return timed() ? Rate.of(output.useful(), total) : Rate.UNKNOWN;
  }

  /** Load, TC = tR / tO. */
  public Rate load() {
    return Rate.of(tR(), opening);
  }

  /** Strategic commitment, TS = tO / tT. */
  public Rate commitment() {
    return Rate.of(opening, total);
  }

  /** Observed time over required time. */
  public Rate coverage() {
    return Rate.of(observed(), tR());
  }

  /**
   * Why the TRS is not to be shown as a result, if so. {@link #trs()} still holds what there is.
   *
   * @param leastCoverage from 0 to 1
   */
  public Optional<Refusal> refusal(double leastCoverage) {
    if (tR().isZero()) {
      return Optional.of(Refusal.NOTHING_REQUIRED);
    }
    if (output.known() != Output.Known.TIMES) {
      boolean counted = output.known() == Output.Known.PARTS;
      return Optional.of(counted ? Refusal.NO_REFERENCE_CYCLE : Refusal.PARTS_NOT_COUNTED);
    }
    boolean seen = coverage().ratio().orElse(0) >= leastCoverage;
    return seen ? Optional.empty() : Optional.of(Refusal.LOW_COVERAGE);
  }

  private boolean timed() {
    return output.known() == Output.Known.TIMES;
  }
}
