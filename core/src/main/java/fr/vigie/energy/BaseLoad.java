package fr.vigie.energy;

import fr.vigie.time.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The power that is drawn whatever is made (in French: le talon).
 *
 * @param windows how many windows it was found in
 */
public record BaseLoad(double kilowatts, Method method, int windows) {
  public enum Method {
    /**
     * The fifth percentile of the windows' mean powers, between two of them by straight line
     * (Hyndman and Fan's definition 7). Needs no calendar; too high where the machine never rests.
     */
    FIFTH_PERCENTILE,
    /** The median of the windows that lie in closed time: what nobody asked for. */
    MEDIAN_OF_CLOSED_TIME
  }

  /** Empty when no window is known. */
  public static Optional<BaseLoad> fifthPercentile(Windows windows) {
    double[] powers = windows.known().stream().mapToDouble(Windows.Window::kilowatts).toArray();
    return of(powers, 0.05, Method.FIFTH_PERCENTILE);
  }

  /**
   * Empty when no known window lies in closed time.
   *
   * @param closed in order of time
   */
  public static Optional<BaseLoad> ofClosedTime(Windows windows, List<Span> closed) {
    double[] powers = new double[windows.known().size()];
    int count = 0;
    int next = 0;
    for (Windows.Window window : windows.known()) {
      while (next < closed.size() && closed.get(next).end().isBefore(window.span().end())) {
        next++;
      }
      if (next < closed.size() && !closed.get(next).start().isAfter(window.span().start())) {
        powers[count++] = window.kilowatts();
      }
    }
    return of(Arrays.copyOf(powers, count), 0.5, Method.MEDIAN_OF_CLOSED_TIME);
  }

  private static Optional<BaseLoad> of(double[] powers, double share, Method method) {
    if (powers.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(powers);
    double place = share * (powers.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, powers.length - 1);
    double kilowatts = powers[below] + (place - below) * (powers[above] - powers[below]);
    return Optional.of(new BaseLoad(kilowatts, method, powers.length));
  }
}
