package fr.vigie.maturity;

import java.util.List;

/**
 * Stages of the Industrie 4.0 Maturity Index (acatech, 2020), in their order. Which indicators a
 * stage asks for and how much of each is this product's own choice, not acatech's.
 */
public enum Stage {
  COMPUTERISATION(new Requirement(Indicator.M1, 0)),
  CONNECTIVITY(
      new Requirement(Indicator.M1, 0.8),
      new Requirement(Indicator.M11, 0.8),
      new Requirement(Indicator.M12, 0.9)),
  VISIBILITY(
      new Requirement(Indicator.M2, 0.9),
      new Requirement(Indicator.M3, 0.95),
      new Requirement(Indicator.M4, 0.9),
      new Requirement(Indicator.M8, 0.5)),
  TRANSPARENCY(
      new Requirement(Indicator.M5, 0.8),
      new Requirement(Indicator.M6, 0.8),
      new Requirement(Indicator.M7, 0.8)),
  PREDICTIVE_CAPACITY(new Requirement(Indicator.M9, 0.5)),
  ADAPTABILITY(new Requirement(Indicator.M10, 0.8));

  private final List<Requirement> requirements;

  Stage(Requirement... requirements) {
    this.requirements = List.of(requirements);
  }

  /**
   * What a stage asks for.
   *
   * @param least ratio that passes, from 0 to 1; nothing at all passes never
   */
  public record Requirement(Indicator indicator, double least) {
    boolean isMetBy(double ratio) {
      return ratio > 0 && ratio >= least;
    }
  }

  /** What it asks for beyond the stages before. */
  public List<Requirement> requirements() {
    return requirements;
  }
}
