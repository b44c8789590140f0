package fr.vigie.reason;

import fr.vigie.column.Column;
import java.util.Set;

/** What a sample of a signal must be for a rule to hold. */
public sealed interface Condition {
  /** Whether it reads texts; it reads numbers otherwise. */
  boolean isText();

  /** Of a sample that is there. */
  boolean holds(Column column, int index);

  /** The signal says one of these texts. */
  record Says(Set<String> texts) implements Condition {
    /**
     * @throws IllegalArgumentException when there is no text
     */
    public Says {
      texts = Set.copyOf(texts);
      if (texts.isEmpty()) {
        throw new IllegalArgumentException("a condition on texts has at least one");
      }
    }

    @Override
    public boolean isText() {
      return true;
    }

    @Override
    public boolean holds(Column column, int index) {
      return texts.contains(column.text(index));
    }
  }

  /** The number is greater. */
  record Above(double limit) implements Condition {
    @Override
    public boolean isText() {
      return false;
    }

    @Override
    public boolean holds(Column column, int index) {
      return column.number(index) > limit;
    }
  }

  /** The number is less. */
  record Below(double limit) implements Condition {
    @Override
    public boolean isText() {
      return false;
    }

    @Override
    public boolean holds(Column column, int index) {
      return column.number(index) < limit;
    }
  }
}
