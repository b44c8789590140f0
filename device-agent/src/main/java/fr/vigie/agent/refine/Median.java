package fr.vigie.agent.refine;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts in place of every value the median of it and its neighbours, as many before it as after it.
 * Every sample keeps its own time, so it waits for its later neighbours. The first and the last
 * ones have fewer: the first is its own median.
 */
final class Median implements Stage {
  private final int reach;
  private final Stage next;
  private final double[] sorted;
  private final List<Sample> near = new ArrayList<>();
  private int waiting;
  private int before;

  /**
   * @param width how many values, odd
   */
  Median(int width, Stage next) {
    this.reach = width / 2;
    this.sorted = new double[2 * reach + 1];
    this.next = next;
  }

  @Override
  public void accept(Sample sample) {
    if (!near.isEmpty() && !Stage.follows(sample, near.get(near.size() - 1))) {
      flush();
    }
    if (!(sample.value() instanceof Value.Number)) {
      flush();
      next.accept(sample);
      return;
    }
    near.add(sample);
    if (near.size() > 2 * reach + 1) {
      near.remove(0);
      waiting--;
    }
    while (waiting < near.size() && near.size() - 1 - waiting >= Math.min(before, reach)) {
      give(Math.min(before, reach));
    }
  }

  private void give(int itsReach) {
    for (int i = 0; i <= 2 * itsReach; i++) {
      sorted[i] = ((Value.Number) near.get(waiting - itsReach + i).value()).number();
    }
    Arrays.sort(sorted, 0, 2 * itsReach + 1);
    Sample sample = near.get(waiting);
    waiting++;
    before++;
    next.accept(new Sample(sample.time(), Value.of(sorted[itsReach]), sample.quality()));
  }

  @Override
  public void step(Instant present) {
    boolean holds = waiting < near.size();
    Instant oldest = holds ? near.get(waiting).time() : present;
    next.step(oldest.isBefore(present) ? oldest : present);
  }

  private void flush() {
    while (waiting < near.size()) {
      give(Math.min(Math.min(before, reach), near.size() - 1 - waiting));
    }
    near.clear();
    waiting = 0;
    before = 0;
  }

  @Override
  public void close() {
    flush();
    next.close();
  }
}
