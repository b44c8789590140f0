package fr.vigie.server.alert;

import fr.vigie.production.Figures;
import fr.vigie.production.Rate;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Figures that a rule can be about, by their names in the interface. */
enum Figure {
  TRS("TRS", Figures::trs),
  AVAILABILITY("DO", figures -> Optional.of(figures.timeTree().availability())),
  PERFORMANCE("TP", figures -> Optional.of(figures.timeTree().performance())),
  QUALITY("TQ", figures -> Optional.of(figures.timeTree().quality())),
  COVERAGE("coverage", figures -> Optional.of(figures.coverage()));

  static final String NAMES = "one of TRS, DO, TP, TQ, coverage";

  private final String word;
  private final Function<Figures, Optional<Rate>> rate;

  Figure(String word, Function<Figures, Optional<Rate>> rate) {
    this.word = word;
    this.rate = rate;
  }

  static Optional<Figure> of(String word) {
    return Arrays.stream(values()).filter(figure -> figure.word.equals(word)).findFirst();
  }

  String word() {
    return word;
  }

  /** Empty while there is none, or while it is refused. */
  OptionalDouble in(Figures figures) {
    return rate.apply(figures).map(Rate::ratio).orElse(OptionalDouble.empty());
  }
}
