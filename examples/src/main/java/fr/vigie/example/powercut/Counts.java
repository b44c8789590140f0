package fr.vigie.example.powercut;

/**
 * What cuts of the power left behind, added up over all of them.
 *
 * @param cuts how often the power was cut
 * @param acknowledged records that were promised to be durable at the moments of the cuts
 * @param present those of them that were there afterwards
 * @param missing those of them that were not
 * @param duplicated records that were there more than once
 * @param foreign records that nobody wrote, or in a place that is not theirs
 */
public record Counts(
    int cuts, long acknowledged, long present, long missing, long duplicated, long foreign) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  Counts plus(Counts other) {
    return new Counts(
        cuts + other.cuts,
        acknowledged + other.acknowledged,
        present + other.present,
        missing + other.missing,
        duplicated + other.duplicated,
        foreign + other.foreign);
  }

  /** Whether nothing that was promised is missing and nothing is there that should not be. */
  public boolean isClean() {
    return missing == 0 && duplicated == 0 && foreign == 0;
  }

  @Override
  public String toString() {
    return String.format(
        "cuts %d, acknowledged %d, present %d, missing %d, duplicated %d, foreign %d",
        cuts, acknowledged, present, missing, duplicated, foreign);
  }
}
