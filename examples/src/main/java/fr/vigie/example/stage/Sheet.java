package fr.vigie.example.stage;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is known of a fault before it is made.
 *
 * @param number in the list of faults, 1 for F1
 * @param name of the fault, a few words
 * @param promise what the product promises then, in plain words
 * @param quick whether it takes seconds and belongs to every build
 */
public record Sheet(int number, String name, String promise, boolean quick, Set<Need> needs) {
  public Sheet {
    needs = Set.copyOf(needs);
  }

  public static Sheet of(int number, String name, String promise, Need... needs) {
    Set<Need> all = EnumSet.noneOf(Need.class);
    all.addAll(Arrays.asList(needs));
    return new Sheet(number, name, promise, false, all);
  }

  /** The same fault as one that every build plays. */
  public Sheet inEveryBuild() {
    return new Sheet(number, name, promise, true, needs);
  }

  public String id() {
    return "F" + number;
  }
}
