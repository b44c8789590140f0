package fr.vigie.production;

/** What a site decided where the norms leave a choice; every figure bears it. */
public record Convention(Changeover changeover, Mtbf mtbf, Base base) {
  /** As in NF E60-182: changeovers are required time, and failures divide operating time. */
  public static final Convention NORM =
      new Convention(Changeover.INSIDE, Mtbf.CLASSIC, Base.OPERATING);

  /** Whether changing from one product to another is required time. */
  public enum Changeover {
    /** It is, and lowers availability (NF E60-182). */
    INSIDE,
    /** It is not, so that rates are higher. */
    OUTSIDE
  }

  /** What the time between failures is divided by. */
  public enum Mtbf {
    /** The number of failures. */
    CLASSIC,
    /** One more than the number of failures (ISO 22400-2:2014). */
    ISO22400
  }

  /** Which time lies between failures. */
  public enum Base {
    /** Time in which the machine worked. */
    OPERATING,
    /** All time. */
    CALENDAR
  }
}
