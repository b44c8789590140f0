package fr.vigie.improvement;

/** What an action brought, as far as can be told. */
public enum Verdict {
  /** Better, and by chance in less than one case of twenty. */
  DEMONSTRATED,
  /** Better, and by chance in less than one case of five. */
  PROBABLE,
  /** Not to be told from chance: which is no proof that nothing changed. */
  INCONCLUSIVE,
  /** Worse, and by chance in less than one case of twenty. */
  DEGRADATION;

  private static final double SURE = 0.05;
  private static final double LIKELY = 0.2;

  /**
   * @param gain the change, positive when it is for the better
   * @param pValue how likely such a change is by chance, adjusted for the number of measures
   */
  static Verdict of(double gain, double pValue) {
    if (pValue < SURE) {
      return gain > 0 ? DEMONSTRATED : DEGRADATION;
    }
    return gain > 0 && pValue < LIKELY ? PROBABLE : INCONCLUSIVE;
  }
}
