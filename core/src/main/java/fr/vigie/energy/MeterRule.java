package fr.vigie.energy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;

/** How the samples of a signal are read as energy. */
public sealed interface MeterRule {
  /**
   * A meter that counts up. What it counted during a silence is known as a sum only.
   *
   * @param kilowattHours of one step, such as 0.001 for a meter of Wh
   * @param modulus at how many steps it begins again at zero, if it does
   * @param mostKilowatts what the machine can draw at most; more is a reading gone wrong
   * @param silence longest time between two samples that is no gap
   */
  record Counter(
      double kilowattHours, OptionalDouble modulus, double mostKilowatts, Duration silence)
      implements MeterRule {
    public Counter {
      positive("an hour's energy", kilowattHours);
      positive("the highest power", mostKilowatts);
      modulus.ifPresent(steps -> positive("a modulus", steps));
      positive(silence);
    }
  }

  /**
   * Power, of which each sample holds until the next.
   *
   * @param kilowatts of one, such as 0.001 for W
   * @param mostKilowatts what the machine can draw, or give back, at most; more is a reading gone
   *     wrong
   * @param silence longest time that a sample holds; after that the power was not known
   */
  record Power(double kilowatts, double mostKilowatts, Duration silence) implements MeterRule {
    public Power {
      positive("a unit of power", kilowatts);
      positive("the highest power", mostKilowatts);
      positive(silence);
    }
  }

  /**
   * A load curve: each sample is the energy of one interval.
   *
   * @param kilowattHours of one
   * @param mostKilowatts what the machine can draw, or give back, at most; more is a reading gone
   *     wrong
   * @param width of the intervals
   * @param stamp which end of its interval a sample is stamped with
   * @param midnights where days end at 24:00: the stamp 00:00 of a day means the midnight that ends
   *     it, in this zone; none where 00:00 begins the day of its date
   */
  record Intervals(
      double kilowattHours,
      double mostKilowatts,
      Duration width,
      Stamp stamp,
      Optional<ZoneId> midnights)
      implements MeterRule {
    public Intervals {
      positive("an interval's energy", kilowattHours);
      positive("the highest power", mostKilowatts);
      positive(width);
    }
  }

  /** Which end of an interval its sample is stamped with. */
  enum Stamp {
    START,
    END
  }

  private static void positive(String what, double number) {
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " is above zero, found " + number);
    }
  }

  private static void positive(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("a time above zero is needed, found " + time);
    }
  }
}
