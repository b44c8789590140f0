package fr.vigie.condition;

import fr.vigie.statistics.Band;
import fr.vigie.statistics.Spectrum;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A rolling bearing whose outer ring stands still.
 *
 * @param balls balls or rollers of one row
 * @param ballDiameter in the unit of the pitch diameter
 * @param pitchDiameter of the circle of their centres
 * @param contactDegrees angle of contact
 */
public record Bearing(int balls, double ballDiameter, double pitchDiameter, double contactDegrees) {
  /** Balls slip, so that the frequencies are those of the geometry to within two hundredths. */
  private static final double SLIP = 0.02;

  private static final double STANDS_OUT = 3;

  /** What strikes, and how often. */
  public enum Part {
    /** Balls pass a point of the outer ring: BPFO. */
    OUTER_RING,
    /** Balls pass a point of the inner ring: BPFI. */
    INNER_RING,
    /** A ball turns about itself: BSF; a flaw of it strikes twice a turn. */
    BALL,
    /** The cage turns: FTF. */
    CAGE
  }

  public Bearing {
    if (balls < 2
        || !(ballDiameter > 0 && pitchDiameter > ballDiameter)
        || !(contactDegrees >= 0 && contactDegrees < 90)) {
      throw new IllegalArgumentException(
          "no bearing has "
              + balls
              + " balls of "
              + ballDiameter
              + " on a circle of "
              + pitchDiameter
              + " at "
              + contactDegrees
              + " degrees");
    }
  }

  /** In Hz, for a shaft that turns so many times a second; from the geometry alone. */
  public double frequency(Part part, double shaftHertz) {
    double ratio = ballDiameter / pitchDiameter * Math.cos(Math.toRadians(contactDegrees));
    return switch (part) {
      case OUTER_RING -> balls / 2.0 * shaftHertz * (1 - ratio);
      case INNER_RING -> balls / 2.0 * shaftHertz * (1 + ratio);
      case BALL -> pitchDiameter / (2 * ballDiameter) * shaftHertz * (1 - ratio * ratio);
      case CAGE -> shaftHertz / 2 * (1 - ratio);
    };
  }

  /**
   * @param expected from the geometry, in Hz
   * @param line the strongest within two hundredths of it
   * @param around what the strongest amplitudes beside it are, as their median
   */
  public record Finding(double expected, Spectrum.Line line, double around) {
    /** Whether it is no noise: more than three times what is around it. */
    public boolean standsOut() {
      return line.metersPerSecondSquared() > STANDS_OUT * around;
    }
  }

  /** What the spectrum of an envelope shows of each part; parts outside of it have no entry. */
  public Map<Part, Finding> search(Spectrum envelope, double shaftHertz) {
    Map<Part, Finding> findings = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      double expected = frequency(part, shaftHertz);
      find(envelope, expected).ifPresent(found -> findings.put(part, found));
    }
    return findings;
  }

  private static Optional<Finding> find(Spectrum envelope, double expected) {
    Optional<Spectrum.Line> line = envelope.strongest(around(expected, 0));
    double[] around = new double[8];
    int count = 0;
    for (int side = -4; side <= 4; side++) {
      Optional<Spectrum.Line> other =
          side == 0 ? Optional.empty() : envelope.strongest(around(expected, side));
      if (other.isPresent()) {
        around[count++] = other.get().metersPerSecondSquared();
      }
    }
    if (line.isEmpty() || count < 4) {
      return Optional.empty();
    }
    Arrays.sort(around, 0, count);
    double median = (around[(count - 1) / 2] + around[count / 2]) / 2;
    return Optional.of(new Finding(expected, line.get(), median));
  }

  /** Bands as wide as the search, side by side. */
  private static Band around(double expected, int side) {
    double middle = expected * (1 + 2 * SLIP * side);
    return new Band(middle - SLIP * expected, middle + SLIP * expected);
  }
}
