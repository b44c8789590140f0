package fr.vigie.benchmark;

import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;
import java.util.Locale;
import java.util.function.Function;

/** What companies compare: rates of times of NF E60-182, so that no unit of theirs matters. */
public enum Measure {
  /** tU over tR. */
  TRS(TimeTree::trs),
  /** tF over tR. */
  AVAILABILITY(TimeTree::availability),
  /** tN over tF. */
  PERFORMANCE(TimeTree::performance),
  /** tU over tN. */
  QUALITY(TimeTree::quality);

  private final Function<TimeTree, Rate> rate;

  Measure(Function<TimeTree, Rate> rate) {
    this.rate = rate;
  }

  /** The rate of a machine; {@link Rate#UNKNOWN} when it is none of times. */
  public Rate of(TimeTree tree) {
    Rate found = rate.apply(tree);
    return found.of() == Rate.Of.NANOSECONDS ? found : Rate.UNKNOWN;
  }

  /** Its name in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
