package fr.vigie.production;

/**
 * Parts that were not good the first time.
 *
 * @param scrap thrown away
 * @param startUp thrown away while the machine was starting up
 * @param rework good only after more work
 */
public record Rejects(long scrap, long startUp, long rework) {
  public static final Rejects NONE = new Rejects(0, 0, 0);

  public static Rejects scrap(long parts) {
    return new Rejects(parts, 0, 0);
  }

  public long all() {
    return scrap + startUp + rework;
  }

  /** What was thrown away. */
  public long lost() {
    return scrap + startUp;
  }

  public Rejects plus(Rejects other) {
    return new Rejects(scrap + other.scrap, startUp + other.startUp, rework + other.rework);
  }
}
