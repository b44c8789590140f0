package fr.vigie.reason;

import java.util.List;

/** Why a machine stood, and how that is known. */
public record Cause(ReasonTree.Leaf leaf, Ground ground) {
  /** How a reason is known. */
  public sealed interface Ground {}

  /** Somebody said so. */
  public record ByHand(Entry entry) implements Ground {}

  /**
   * A signal said so.
   *
   * @param others codes of later rules that hold too and gave way to this one
   */
  public record ByRule(AutomaticRule rule, List<String> others) implements Ground {
    public ByRule {
      others = List.copyOf(others);
    }
  }

  public boolean isByHand() {
    return ground instanceof ByHand;
  }
}
