package fr.vigie.loss;

import fr.vigie.production.Figures;
import fr.vigie.production.StopPiece;
import fr.vigie.production.TimeTree;
import fr.vigie.reason.BigLoss;
import fr.vigie.reason.StopKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The six big losses (Nakajima) of one or several spans. Together with what is unexplained and
 * unobserved they are exactly tR - tU.
 *
 * @param stood by the loss that the reason of a stop belongs to; of a micro-stop without a reason,
 *     {@link BigLoss#MINOR_STOPS}; every loss has its entry
 * @param unexplained stops without a reason
 * @param unobserved required time of which nobody knows
 * @param output running time and output decide what was lost to speed and to parts that were not
 *     good; empty when they are not known
 */
public record Losses(
    Map<BigLoss, Duration> stood,
    Duration unexplained,
    Duration unobserved,
    Optional<OutputLosses> output) {
  public static final Losses NONE =
      new Losses(nothing(), Duration.ZERO, Duration.ZERO, Optional.of(OutputLosses.NONE));

  /**
   * @param reducedSpeed running time less tN; negative when the reference cycle is too long
   * @param defects time of the parts that were not good, but for those of start-up
   */
  public record OutputLosses(Duration reducedSpeed, Duration defects, Duration startUp) {
    static final OutputLosses NONE = new OutputLosses(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    OutputLosses plus(OutputLosses other) {
      return new OutputLosses(
          reducedSpeed.plus(other.reducedSpeed),
          defects.plus(other.defects),
          startUp.plus(other.startUp));
    }
  }

  public Losses {
    stood = Collections.unmodifiableMap(new EnumMap<>(stood));
  }

  public static Losses of(Figures figures) {
    Map<BigLoss, Duration> stood = nothing();
    Duration unexplained = Duration.ZERO;
    for (StopPiece piece : figures.stillness().pieces()) {
      Optional<BigLoss> loss = piece.reason().map(reason -> reason.kind()).flatMap(StopKind::loss);
      if (loss.isEmpty() && !piece.micro()) {
        unexplained = unexplained.plus(piece.length());
      } else {
        stood.merge(loss.orElse(BigLoss.MINOR_STOPS), piece.length(), Duration::plus);
      }
    }
    TimeTree tree = figures.timeTree();
    Duration startUp = tree.output().startUp();
    return new Losses(
        stood,
        unexplained,
        tree.required().unobserved(),
        tree.speedLoss()
            .flatMap(
                speed ->
                    tree.nonQuality()
                        .map(lost -> new OutputLosses(speed, lost.minus(startUp), startUp))));
  }

  /** The time of one of the six; empty when it needs an output that is not known. */
  public Optional<Duration> of(BigLoss loss) {
    return switch (loss) {
      case REDUCED_SPEED -> output.map(OutputLosses::reducedSpeed);
      case DEFECTS -> output.map(OutputLosses::defects);
      case START_UP -> output.map(OutputLosses::startUp);
      case BREAKDOWNS, SETUP, MINOR_STOPS -> Optional.of(stood.getOrDefault(loss, Duration.ZERO));
    };
  }

  public Losses plus(Losses other) {
    Map<BigLoss, Duration> both = new EnumMap<>(stood);
    other.stood.forEach((loss, time) -> both.merge(loss, time, Duration::plus));
    return new Losses(
        both,
        unexplained.plus(other.unexplained),
        unobserved.plus(other.unobserved),
        output.flatMap(one -> other.output.map(one::plus)));
  }

  private static Map<BigLoss, Duration> nothing() {
    Map<BigLoss, Duration> stood = new EnumMap<>(BigLoss.class);
    for (BigLoss loss : BigLoss.values()) {
      stood.put(loss, Duration.ZERO);
    }
    return stood;
  }
}
