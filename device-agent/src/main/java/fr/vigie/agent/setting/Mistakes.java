package fr.vigie.agent.setting;

import java.util.ArrayList;
import java.util.List;

/** Gathers what a record's constructor refuses, so that everything is told at once. */
public final class Mistakes {
  private final List<Mistake> found = new ArrayList<>();

  /** Notes a mistake unless {@code right}. */
  public Mistakes unless(boolean right, String key, String found, String wanted) {
    if (!right) {
      this.found.add(new Mistake(key, found, wanted));
    }
    return this;
  }

  /** What was noted. */
  public List<Mistake> all() {
    return List.copyOf(found);
  }

  /**
   * @throws Mistake when any was noted; it carries all of them
   */
  public void refuse() {
    if (!found.isEmpty()) {
      throw new Mistake(found);
    }
  }
}
