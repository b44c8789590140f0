package fr.vigie.agent.refine;

import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.LocalDate;
import java.util.List;

/**
 * What a sensor reads and what is true, as somebody compared them: one point is an offset, several
 * are joined by straight lines. Beyond the outermost points the last line goes on, and further than
 * the margin its values are uncertain.
 *
 * @param points in the order of what is read
 * @param margin how far beyond the outermost points is still good, in the unit of what is read; one
 *     point alone holds everywhere
 * @param date when they were compared
 * @param author who compared them
 */
public record Calibration(
    List<Point> points, @Default("0") Double margin, LocalDate date, String author) {
  /** What the sensor reads where something else is true. */
  public record Point(Double reads, Double is) {}

  public Calibration {
    new Mistakes()
        .unless(!points.isEmpty(), "points", "nothing", "points such as {reads: 0.3, is: 0}")
        .unless(
            isOrdered(points),
            "points",
            "values that do not go on in one direction",
            "points in the order of what is read, with true values that rise, or fall, throughout")
        .unless(margin >= 0, "margin", Double.toString(margin), "0 or more")
        .unless(!author.isBlank(), "author", "nothing", "who compared the sensor")
        .refuse();
    points = List.copyOf(points);
  }

  private static boolean isOrdered(List<Point> points) {
    boolean rises = points.size() < 2 || points.get(1).is > points.get(0).is;
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point point = points.get(i);
      if (point.reads <= before.reads || (rises ? point.is <= before.is : point.is >= before.is)) {
        return false;
      }
    }
    return true;
  }

  /** The true value of a reading that is a number; else the reading. */
  Sample apply(Sample reading) {
    if (!(reading.value() instanceof Value.Number number)) {
      return reading;
    }
    Quality quality = covers(number.number()) ? Quality.GOOD : Quality.UNCERTAIN;
    return Stage.computed(
        reading.time(), is(number.number()), Stage.worse(reading.quality(), quality));
  }

  private boolean covers(double read) {
    return points.size() == 1
        || read >= points.get(0).reads - margin
            && read <= points.get(points.size() - 1).reads + margin;
  }

  private double is(double read) {
    if (points.size() == 1) {
      return read + (points.get(0).is - points.get(0).reads);
    }
    int upper = 1;
    while (upper < points.size() - 1 && read > points.get(upper).reads) {
      upper++;
    }
    Point low = points.get(upper - 1);
    Point high = points.get(upper);
    double part = (read - low.reads) / (high.reads - low.reads);
    return part == 1 ? high.is : low.is + part * (high.is - low.is);
  }

  /** Such as {@code 3 points of 2026-11-03 by the metrology lab}. */
  @Override
  public String toString() {
    return points.size()
        + (points.size() == 1 ? " point of " : " points of ")
        + date
        + " by "
        + author;
  }
}
