package fr.vigie.production;

import fr.vigie.time.Stretches;

/**
 * What is required of a machine under one convention, and its stops therein.
 *
 * @param excluded standing time that a reason takes out of required time
 */
record Demand(Stretches excluded, Stretches required, Stops stops) {
  static Demand of(Timeline timeline, Stretches required, Stretches excluded) {
    Stretches left = required.minus(excluded);
    return new Demand(excluded, left, Stops.of(timeline, left));
  }
}
