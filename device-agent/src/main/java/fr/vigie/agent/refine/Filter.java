package fr.vigie.agent.refine;

import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.time.Duration;

/**
 * What is taken off readings as noise: first single outliers, then what is quick.
 *
 * @param median how many neighbours a value is the median of, an odd number; 1 is none
 * @param exponential the time constant; 0 is none
 */
public record Filter(@Default("1") int median, @Default("0") Duration exponential) {
  private static final int MOST = 99;

  public Filter {
    boolean odd = median >= 1 && median <= MOST && median % 2 == 1;
    new Mistakes()
        .unless(odd, "median", Integer.toString(median), "an odd number, 3 to " + MOST)
        .unless(
            median != 1 || !exponential.isZero(),
            "median",
            "no filter",
            "median: 5, exponential: 10s, or both")
        .refuse();
  }

  Stage before(Stage next) {
    Stage stage = exponential.isZero() ? next : new Exponential(exponential, next);
    return median == 1 ? stage : new Median(median, stage);
  }
}
