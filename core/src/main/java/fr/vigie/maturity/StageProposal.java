package fr.vigie.maturity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The highest stage of which all that it asks for passes, and all that the lower ones ask for.
 *
 * @param stage empty when not even the first passes
 * @param missing of the next stage, what does not pass
 */
public record StageProposal(Optional<Stage> stage, List<Missing> missing) {
  /** Dimensions of the questionnaires of which no machine tells anything. */
  public enum Silent {
    STRATEGY,
    PRODUCTS,
    SERVICES,
    LEADERSHIP,
    CULTURE
  }

  /**
   * @param ratio that was measured; empty when nothing was, or there was nothing to measure
   */
  public record Missing(Stage stage, Stage.Requirement requirement, OptionalDouble ratio) {}

  public StageProposal {
    missing = List.copyOf(missing);
  }

  /** An indicator without a finding passes nothing. */
  public static StageProposal of(Map<Indicator, Finding> findings) {
    Optional<Stage> reached = Optional.empty();
    for (Stage stage : Stage.values()) {
      List<Missing> missing = new ArrayList<>();
      for (Stage.Requirement requirement : stage.requirements()) {
        OptionalDouble ratio = ratio(findings, requirement.indicator());
        if (ratio.isEmpty() || !requirement.isMetBy(ratio.getAsDouble())) {
          missing.add(new Missing(stage, requirement, ratio));
        }
      }
      if (!missing.isEmpty()) {
        return new StageProposal(reached, missing);
      }
      reached = Optional.of(stage);
    }
    return new StageProposal(reached, List.of());
  }

  private static OptionalDouble ratio(Map<Indicator, Finding> findings, Indicator indicator) {
    return findings.get(indicator) instanceof Finding.Measured measured
        ? measured.ratio()
        : OptionalDouble.empty();
  }
}
