package fr.vigie.agent.register;

import fr.vigie.agent.bus.modbus.Read;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Cells that one question reads.
 *
 * @param cells at least one
 */
public record Block(Read read, List<Cell> cells) {
  /**
   * As few blocks as cells allow.
   *
   * @param longest registers in a question; bits may be as many as the protocol allows
   * @param gap registers between two cells that are read although nobody asks for them
   */
  public static List<Block> of(List<Cell> cells, int longest, int gap) {
    List<Cell> sorted = new ArrayList<>(cells);
    sorted.sort(Comparator.comparing(Cell::table).thenComparingInt(Cell::address));
    List<Block> blocks = new ArrayList<>();
    List<Cell> together = new ArrayList<>();
    int end = 0;
    for (Cell cell : sorted) {
      if (!together.isEmpty()) {
        Cell first = together.get(0);
        int most = cell.table().isBits() ? cell.table().most() : longest;
        if (cell.table() != first.table()
            || cell.address() - end > gap
            || Math.max(end, cell.end()) - first.address() > most) {
          blocks.add(of(together, end));
          together.clear();
          end = 0;
        }
      }
      together.add(cell);
      end = Math.max(end, cell.end());
    }
    if (!together.isEmpty()) {
      blocks.add(of(together, end));
    }
    return blocks;
  }

  private static Block of(List<Cell> cells, int end) {
    Cell first = cells.get(0);
    return new Block(
        new Read(first.table(), first.address(), end - first.address()), List.copyOf(cells));
  }

  /** The same cells by two questions, or this one when it has a single cell. */
  public List<Block> halves() {
    if (cells.size() == 1) {
      return List.of(this);
    }
    int half = cells.size() / 2;
    return List.of(part(cells.subList(0, half)), part(cells.subList(half, cells.size())));
  }

  private static Block part(List<Cell> cells) {
    return of(cells, cells.stream().mapToInt(Cell::end).max().orElseThrow());
  }

  /** Hands over what an answer holds, and says why of what it does not take. */
  public void decode(byte[] data, BiConsumer<Signal, Value> taken, Consumer<String> refused) {
    for (Cell cell : cells) {
      double number = cell.number(data, read.address());
      if (cell.isValid(number)) {
        taken.accept(cell.signal(), cell.value(number));
      } else {
        refused.accept(cell.signal().name() + " is " + number + ", wanted " + cell.range());
      }
    }
  }
}
