package fr.vigie.production;

import fr.vigie.calendar.ShiftCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How figures are made from what one machine says. Immutable. */
public final class MachineRules {
  private final Builder from;

  private MachineRules(Builder from) {
    this.from = from;
  }

  public static Builder of(StateRule state) {
    return new Builder(state);
  }

  public StateRule state() {
    return from.state;
  }

  /** How cycles follow from the state signal, if they do. */
  public Optional<CycleRule> cycle() {
    return from.cycle;
  }

  public PartsRule parts() {
    return from.parts;
  }

  /** How scrap is counted; {@link PartsRule.None}: every part counts as good. */
  public PartsRule scrap() {
    return from.scrap;
  }

  /** The reference cycle of the parts; without it there is no tN, no tU and no TRS. */
  public Optional<Tcr> referenceCycle() {
    return from.tcr;
  }

  /** Standing still for so long is a stop, for less a micro-stop. 60 s unless set. */
  public Duration microStop() {
    return from.microStop;
  }

  /** When the workshop is open; without it all time is required. */
  public Optional<ShiftCalendar> calendar() {
    return from.calendar;
  }

  /** Time before is not even total time. */
  public Optional<Instant> inServiceSince() {
    return from.inServiceSince;
  }

  /** Below this share of observed time a TRS is refused. 0.9 unless set. */
  public double leastCoverage() {
    return from.leastCoverage;
  }

  /** Gathers rules; not safe for use by several threads. */
  public static final class Builder {
    private final StateRule state;
    private Optional<CycleRule> cycle = Optional.empty();
    private PartsRule parts = new PartsRule.None();
    private PartsRule scrap = new PartsRule.None();
    private Optional<Tcr> tcr = Optional.empty();
    private Duration microStop = Duration.ofSeconds(60);
    private Optional<ShiftCalendar> calendar = Optional.empty();
    private Optional<Instant> inServiceSince = Optional.empty();
    private double leastCoverage = 0.9;

    private Builder(StateRule state) {
      this.state = state;
    }

    private Builder(Builder other) {
      state = other.state;
      cycle = other.cycle;
      parts = other.parts;
      scrap = other.scrap;
      tcr = other.tcr;
      microStop = other.microStop;
      calendar = other.calendar;
      inServiceSince = other.inServiceSince;
      leastCoverage = other.leastCoverage;
    }

    public Builder cycle(CycleRule rule) {
      cycle = Optional.of(rule);
      return this;
    }

    public Builder parts(PartsRule rule) {
      parts = rule;
      return this;
    }

    public Builder scrap(PartsRule rule) {
      scrap = rule;
      return this;
    }

    public Builder referenceCycle(Tcr reference) {
      tcr = Optional.of(reference);
      return this;
    }

    public Builder referenceCycle(Duration cycle) {
      return referenceCycle(Tcr.of(cycle));
    }

    public Builder microStop(Duration threshold) {
      microStop = threshold;
      return this;
    }

    public Builder calendar(ShiftCalendar shifts) {
      calendar = Optional.of(shifts);
      return this;
    }

    public Builder inServiceSince(Instant instant) {
      inServiceSince = Optional.of(instant);
      return this;
    }

    public Builder leastCoverage(double share) {
      leastCoverage = share;
      return this;
    }

    /**
     * @throws IllegalArgumentException when parts or scrap follow cycles and there is no rule for
     *     cycles, the threshold is negative, or the coverage is not within 0 to 1
     */
    public MachineRules build() {
      boolean cycles = parts instanceof PartsRule.Cycles || scrap instanceof PartsRule.Cycles;
      if (cycles && cycle.isEmpty()) {
        throw new IllegalArgumentException("parts are counted by cycles, and no rule gives cycles");
      }
      if (microStop.isNegative()) {
        throw new IllegalArgumentException("micro-stop threshold: found " + microStop);
      }
      if (!(leastCoverage >= 0 && leastCoverage <= 1)) {
        throw new IllegalArgumentException(
            "least coverage: found " + leastCoverage + ", wanted 0 to 1");
      }
      return new MachineRules(new Builder(this));
    }
  }
}
