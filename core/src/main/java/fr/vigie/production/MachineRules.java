package fr.vigie.production;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.reason.AutomaticRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /**
   * The reference cycle of parts while no order says what they are; without it there is no tN, no
   * tU and no TRS then.
   */
  public Optional<Tcr> referenceCycle() {
    return from.tcr;
  }

  /** Products that orders may name, each with its reference cycle. */
  public Map<String, Tcr> products() {
    return from.products;
  }

  public Convention convention() {
    return from.convention;
  }

  /** What an hour of lost time costs, when anybody said. */
  public Optional<HourlyCost> cost() {
    return from.cost;
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

  /** What gives stops their reasons from signals; the first that explains a stop does. */
  public List<AutomaticRule> reasons() {
    return from.reasons;
  }

  /** Gathers rules; not safe for use by several threads. */
  public static final class Builder {
    private final StateRule state;
    private Optional<CycleRule> cycle = Optional.empty();
    private PartsRule parts = new PartsRule.None();
    private PartsRule scrap = new PartsRule.None();
    private Optional<Tcr> tcr = Optional.empty();
    private Map<String, Tcr> products = Map.of();
    private Convention convention = Convention.NORM;
    private Optional<HourlyCost> cost = Optional.empty();
    private Duration microStop = Duration.ofSeconds(60);
    private Optional<ShiftCalendar> calendar = Optional.empty();
    private Optional<Instant> inServiceSince = Optional.empty();
    private double leastCoverage = 0.9;
    private List<AutomaticRule> reasons = List.of();

    private Builder(StateRule state) {
      this.state = state;
    }

    private Builder(Builder other) {
      state = other.state;
      cycle = other.cycle;
      parts = other.parts;
      scrap = other.scrap;
      tcr = other.tcr;
      products = other.products;
      convention = other.convention;
      cost = other.cost;
      microStop = other.microStop;
      calendar = other.calendar;
      inServiceSince = other.inServiceSince;
      leastCoverage = other.leastCoverage;
      reasons = other.reasons;
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

    public Builder products(Map<String, Tcr> references) {
      products = Map.copyOf(references);
      return this;
    }

    public Builder convention(Convention chosen) {
      convention = chosen;
      return this;
    }

    public Builder cost(HourlyCost perHour) {
      cost = Optional.of(perHour);
      return this;
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

    public Builder reasons(List<AutomaticRule> rules) {
      reasons = List.copyOf(rules);
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
