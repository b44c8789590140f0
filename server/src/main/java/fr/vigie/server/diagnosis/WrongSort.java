package fr.vigie.server.diagnosis;

import fr.vigie.column.Column;
import fr.vigie.server.store.Series;

/**
 * A signal is not of the sort that the description of its machine says: of numbers, or of texts.
 */
public final class WrongSort extends IllegalArgumentException {
  private final transient Series series;
  private final boolean texts;

  private WrongSort(Series series, boolean texts) {
    super(
        "signal "
            + series.signal()
            + " of "
            + series.machine()
            + (texts ? ": wanted texts, found numbers" : ": wanted numbers, found texts"));
    this.series = series;
    this.texts = texts;
  }

  /**
   * The samples, when they are of the sort that is wanted.
   *
   * @param texts whether texts are wanted
   * @throws WrongSort when they are not
   */
  public static Column checked(Series series, Column samples, boolean texts) {
    if (!samples.readsAs(texts)) {
      throw new WrongSort(series, texts);
    }
    return samples;
  }

  public Series series() {
    return series;
  }

  /** Whether texts were wanted, and numbers found. */
  public boolean wantsTexts() {
    return texts;
  }
}
