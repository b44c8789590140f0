package fr.vigie.improvement;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a measure.
 *
 * @param before units that count in the baseline
 * @param after units that count after the works
 * @param leftOut how many did not count, and why
 * @param objections why there is no verdict; none when there is one
 * @param effect empty when the units do not even allow an interval
 */
public record Answer(
    int before,
    int after,
    Map<LeftOut, Integer> leftOut,
    List<Objection> objections,
    Optional<Effect> effect,
    Optional<Verdict> verdict) {
  public Answer {
    leftOut = Map.copyOf(leftOut);
    objections = List.copyOf(objections);
  }
}
