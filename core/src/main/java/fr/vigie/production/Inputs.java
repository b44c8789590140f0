package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.reason.Reasoned;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.List;

/**
 * What is known of one machine, read before any figure is made of it. Columns are in order of time
 * and should begin before the span that is asked for: the last sample before it is in force at its
 * start, and what lies around a span decides on stops, cycles and short pulses at its borders.
 *
 * @param until how far the signals were read; nothing is known later
 * @param state samples of the state signal, empty when there is none
 * @param parts samples of the parts signal, empty when there is none
 * @param scrap samples of the scrap signal, empty when there is none
 * @param gaps when the machine was not observed: agent away, samples lost, silence too long
 * @param declared what people said
 */
public record Inputs(
    Instant until, Column state, Column parts, Column scrap, List<Span> gaps, Declared declared) {
  public Inputs {
    state = Samples.sorted(state);
    parts = Samples.sorted(parts);
    scrap = Samples.sorted(scrap);
    gaps = List.copyOf(gaps);
  }

  public static Builder until(Instant until) {
    return new Builder(until);
  }

  /** The same, with the reasons that are known of it. */
  public Inputs because(List<Reasoned> reasons) {
    Declared told = new Declared(declared.orders(), declared.rejects(), reasons);
    return new Inputs(until, state, parts, scrap, gaps, told);
  }

  /** Gathers inputs; not safe for use by several threads. */
  public static final class Builder {
    private final Instant until;
    private Column state = Column.texts().build();
    private Column parts = Column.numbers().build();
    private Column scrap = Column.numbers().build();
    private List<Span> gaps = List.of();
    private Declared declared = Declared.NOTHING;

    private Builder(Instant until) {
      this.until = until;
    }

    public Builder state(Column samples) {
      state = samples;
      return this;
    }

    /** The sample in force when the state's column begins. Call after {@link #state}. */
    public Builder stateBefore(Sample asOf) {
      state = Samples.after(asOf, state);
      return this;
    }

    public Builder parts(Column samples) {
      parts = samples;
      return this;
    }

    /** The sample in force when the column of parts begins. Call after {@link #parts}. */
    public Builder partsBefore(Sample asOf) {
      parts = Samples.after(asOf, parts);
      return this;
    }

    public Builder scrap(Column samples) {
      scrap = samples;
      return this;
    }

    /** The sample in force when the column of scrap begins. Call after {@link #scrap}. */
    public Builder scrapBefore(Sample asOf) {
      scrap = Samples.after(asOf, scrap);
      return this;
    }

    public Builder gaps(List<Span> spans) {
      gaps = spans;
      return this;
    }

    public Builder declared(Declared said) {
      declared = said;
      return this;
    }

    public Inputs build() {
      return new Inputs(until, state, parts, scrap, gaps, declared);
    }
  }
}
