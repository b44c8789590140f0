package fr.vigie.agent.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells the levels of a quantity apart by the valleys of its histogram. The scale is even near
 * zero, where a sensor's noise and steps are, and logarithmic above, where a machine's loads are:
 * asinh. The histogram is smoothed, and its heaps are joined from the shallowest valley on; what
 * holds for less than half a percent of the time is no heap. A valley is one when it is at most
 * half as high as the lower of its two peaks.
 */
final class LearnedStates {
  static final int BINS = 150;
  private static final double FULL = 0.998;
  private static final double EVEN_PART = 50;
  private static final double SMOOTHING = 3;
  private static final double SMALLEST_HEAP = 0.005;
  private static final double DEEP = 0.5;
  private static final double EMPTY = 0.01;

  private final double[] times = new double[BINS];
  private final double[] smooth = new double[BINS];
  private final double unit;
  private final double width;
  private final List<Heap> heaps = new ArrayList<>();

  /** A heap from one valley to the next, the last bin excluded. */
  private record Heap(int from, int to, int peak, double time) {}

  /**
   * @param loads not empty, and somewhere above zero
   */
  LearnedStates(Loads loads) {
    unit = loads.quantile(FULL) / EVEN_PART;
    double top = scaled(loads.quantile(1));
    width = top / (BINS - 4 * SMOOTHING);
    loads
        .byClass()
        .forEach(
            (its, time) ->
                times[Math.min(BINS - 1, (int) (scaled(Loads.value(its)) / width))] += time);
    smooth();
    findHeaps();
  }

  static boolean tells(Loads loads) {
    return loads.quantile(FULL) > 0;
  }

  private double scaled(double value) {
    double part = value / unit;
    return Math.log(part + Math.sqrt(part * part + 1));
  }

  /** The value at the beginning of a bin. */
  double value(double bin) {
    return unit * Math.sinh(bin * width);
  }

  /** Where a value lies, in bins. */
  double bin(double value) {
    return scaled(value) / width;
  }

  double time(int bin) {
    return times[bin];
  }

  private void smooth() {
    int reach = (int) (4 * SMOOTHING);
    for (int i = 0; i < BINS; i++) {
      if (times[i] > 0) {
        for (int j = i - reach; j <= i + reach; j++) {
          int at = j < 0 ? -1 - j : Math.min(j, BINS - 1);
          smooth[at] += times[i] * Math.exp(-0.5 * (j - i) * (j - i) / (SMOOTHING * SMOOTHING));
        }
      }
    }
  }

  private void findHeaps() {
    int from = 0;
    int peak = 0;
    int lowest = 0;
    boolean falls = false;
    for (int i = 1; i < BINS; i++) {
      if (falls && smooth[i] > smooth[lowest]) {
        heaps.add(heap(from, lowest, peak));
        from = lowest;
        peak = i;
        falls = false;
      }
      if (smooth[i] > smooth[peak]) {
        peak = i;
      } else if (smooth[i] < smooth[peak]) {
        lowest = !falls || smooth[i] <= smooth[lowest] ? i : lowest;
        falls = true;
      }
    }
    heaps.add(heap(from, BINS, peak));
    double all = heaps.stream().mapToDouble(Heap::time).sum();
    for (int least = least(); heaps.size() > 1; least = least()) {
      if (heaps.get(least).time >= SMALLEST_HEAP * all) {
        break;
      }
      boolean up = least == 0 || least < heaps.size() - 1 && depth(least) >= depth(least - 1);
      join(up ? least : least - 1);
    }
    while (heaps.size() > 1 && depth(shallowest()) > DEEP) {
      join(shallowest());
    }
  }

  private Heap heap(int from, int to, int peak) {
    double time = 0;
    for (int i = from; i < to; i++) {
      time += times[i];
    }
    return new Heap(from, to, peak, time);
  }

  private int least() {
    int least = 0;
    for (int i = 1; i < heaps.size(); i++) {
      least = heaps.get(i).time < heaps.get(least).time ? i : least;
    }
    return least;
  }

  /** The valley between a heap and the next that divides least; of equal ones the narrowest. */
  private int shallowest() {
    int best = 0;
    for (int i = 1; i < heaps.size() - 1; i++) {
      double more = depth(i) - depth(best);
      best = more > 0 || more == 0 && apart(i) < apart(best) ? i : best;
    }
    return best;
  }

  /** How high the valley after a heap is, over the lower of its peaks. */
  private double depth(int heap) {
    double lower = Math.min(smooth[heaps.get(heap).peak], smooth[heaps.get(heap + 1).peak]);
    return lower == 0 ? 1 : smooth[heaps.get(heap).to] / lower;
  }

  private int apart(int heap) {
    return heaps.get(heap + 1).peak - heaps.get(heap).peak;
  }

  private void join(int heap) {
    Heap low = heaps.get(heap);
    Heap high = heaps.remove(heap + 1);
    int peak = smooth[low.peak] >= smooth[high.peak] ? low.peak : high.peak;
    heaps.set(heap, heap(low.from, high.to, peak));
  }

  /** How many levels the histogram shows. */
  int levels() {
    return heaps.size();
  }

  /** The peaks of the levels, as values. */
  List<Double> peaks() {
    return heaps.stream().map(heap -> value(heap.peak + 0.5)).toList();
  }

  /**
   * The thresholds between levels, from the lowest, in three digits.
   *
   * @param wanted at most as many as there are; of more, the deepest valleys are kept
   */
  List<Double> thresholds(int wanted) {
    while (heaps.size() > wanted) {
      join(shallowest());
    }
    List<Double> thresholds = new ArrayList<>();
    for (int i = 0; i < heaps.size() - 1; i++) {
      thresholds.add(rounded(value(middle(i))));
    }
    return thresholds;
  }

  /** The middle of the valley's bottom. */
  private double middle(int heap) {
    Heap low = heaps.get(heap);
    Heap high = heaps.get(heap + 1);
    double bottom = Math.max(smooth[low.to], EMPTY * Math.min(smooth[low.peak], smooth[high.peak]));
    int first = low.to;
    while (first > low.peak && smooth[first - 1] <= bottom) {
      first--;
    }
    int last = low.to;
    while (last < high.peak && smooth[last + 1] <= bottom) {
      last++;
    }
    return (first + last + 1) / 2.0;
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3g", value));
  }
}
