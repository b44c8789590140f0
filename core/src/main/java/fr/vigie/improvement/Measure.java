package fr.vigie.improvement;

import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;

/** What an action may be meant to change. */
public enum Measure {
  TRS(Direction.UP),
  AVAILABILITY(Direction.UP),
  PERFORMANCE(Direction.UP),
  QUALITY(Direction.UP),
  /** Time of stops over required time. */
  STOPS(Direction.DOWN),
  /** In kWh; of which the time tree says nothing. */
  ENERGY_PER_GOOD_PART(Direction.DOWN);

  private final Direction better;

  Measure(Direction better) {
    this.better = better;
  }

  /** Which way a measure goes. */
  public enum Direction {
    UP,
    DOWN;

    /** A change this way is positive, one the other way negative. */
    public double gain(double change) {
      return this == UP ? change : -change;
    }
  }

  /** Which way it goes when things get better. */
  public Direction better() {
    return better;
  }

  /** Its value over a span, not known when something that it needs is not there. */
  public Rate of(TimeTree tree) {
    return switch (this) {
      case TRS -> tree.trs();
      case AVAILABILITY -> tree.availability();
      case PERFORMANCE -> tree.performance();
      case QUALITY -> tree.quality();
      case STOPS -> Rate.of(tree.required().stops(), tree.tR());
      case ENERGY_PER_GOOD_PART -> Rate.UNKNOWN;
    };
  }
}
