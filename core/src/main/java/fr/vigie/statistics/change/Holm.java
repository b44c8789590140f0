package fr.vigie.statistics.change;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Several questions asked of one event (Holm, Scandinavian Journal of Statistics, 1979). */
public final class Holm {
  private Holm() {}

  /**
   * p-values that may each be held against the level meant for all of them together, in the order
   * given: the more questions, the stronger an answer must be.
   */
  public static List<Double> adjusted(List<Double> pValues) {
    List<Integer> order =
        IntStream.range(0, pValues.size())
            .boxed()
            .sorted((a, b) -> Double.compare(pValues.get(a), pValues.get(b)))
            .toList();
    List<Double> adjusted = new ArrayList<>(pValues);
    double least = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      double raised = Math.min(1, pValues.get(order.get(rank)) * (order.size() - rank));
      least = Math.max(least, raised);
      adjusted.set(order.get(rank), least);
    }
    return adjusted;
  }
}
