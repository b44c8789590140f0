package fr.vigie.example.checker;

/**
 * What became of the values of one signal.
 *
 * @param signal machine and name
 * @param produced values that the device said
 * @param stored values that the store holds
 * @param missing values that were said, are not stored and not declared lost
 * @param duplicated values that are stored once more than they were said
 * @param corrupted values that are stored and were never said, or with another time
 * @param misplaced values that are stored in another order than they were said
 * @param declared values that are not stored and whose loss was declared
 */
public record Finding(
    String signal,
    long produced,
    long stored,
    long missing,
    long duplicated,
    long corrupted,
    long misplaced,
    long declared) {
  public static final Finding NONE = new Finding("all", 0, 0, 0, 0, 0, 0, 0);

  public boolean isClean() {
    return missing + duplicated + corrupted + misplaced == 0;
  }

  /** Both together, under this one's name. */
  public Finding plus(Finding other) {
    return new Finding(
        signal,
        produced + other.produced,
        stored + other.stored,
        missing + other.missing,
        duplicated + other.duplicated,
        corrupted + other.corrupted,
        misplaced + other.misplaced,
        declared + other.declared);
  }

  @Override
  public String toString() {
    return String.format(
        "%-24s produced %8d  stored %8d  missing %5d  duplicated %5d  corrupted %5d"
            + "  misplaced %5d  declared lost %5d",
        signal, produced, stored, missing, duplicated, corrupted, misplaced, declared);
  }
}
