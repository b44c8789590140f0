package fr.vigie.agent.register;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a device's floats are read in the right byte order: in a wrong one, sizes are absurd. For
 * one thread.
 */
public final class OrderGuess {
  /** What machines measure, in whatever unit; of the sizes that a float can have it is a sixth. */
  private static final double LEAST = 1e-4;

  private static final double GREATEST = 1e9;
  private static final int ENOUGH = 3;

  private final Map<Cell, Seen> cells = new LinkedHashMap<>();

  /** How one cell reads in every order; what is zero in all of them tells nothing. */
  private static final class Seen {
    private int numbers;
    private final Set<WordOrder> absurd = new HashSet<>();
    private final Map<WordOrder, Double> last = new EnumMap<>(WordOrder.class);
  }

  /** Takes what an answer to a block holds. */
  public void watch(Block block, byte[] data) {
    for (Cell cell : block.cells()) {
      if (cell.isFloat() && !cell.isZero(data, block.read().address())) {
        Seen seen = cells.computeIfAbsent(cell, first -> new Seen());
        seen.numbers++;
        for (WordOrder order : WordOrder.values()) {
          double number = cell.raw(data, block.read().address(), order);
          seen.last.put(order, number);
          if (!(Math.abs(number) >= LEAST && Math.abs(number) < GREATEST)) {
            seen.absurd.add(order);
          }
        }
      }
    }
  }

  /** What to look at, a sentence for each signal that is probably read in a wrong order. */
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    cells.forEach((cell, seen) -> doubt(cell, seen).ifPresent(doubts::add));
    return doubts;
  }

  private static Optional<String> doubt(Cell cell, Seen seen) {
    if (seen.numbers < ENOUGH || !seen.absurd.contains(cell.order())) {
      return Optional.empty();
    }
    StringBuilder words = new StringBuilder(cell.signal().name() + " reads ");
    words.append(text(cell.order(), seen));
    String before = ", but ";
    for (WordOrder order : WordOrder.values()) {
      if (!seen.absurd.contains(order)) {
        words.append(before).append(text(order, seen));
        before = " or ";
      }
    }
    return Optional.of(
        words
            + (before.equals(", but ")
                ? ", and in no order what a machine measures: are its address and type right?"
                : ": look at the device's display, and set `order`"));
  }

  private static String text(WordOrder order, Seen seen) {
    return String.format(
        Locale.ROOT,
        "%.4g as %s",
        seen.last.getOrDefault(order, Double.NaN),
        order.name().toLowerCase(Locale.ROOT));
  }
}
