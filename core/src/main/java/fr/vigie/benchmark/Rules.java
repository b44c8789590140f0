package fr.vigie.benchmark;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When a sum may be shown. The two rules of INSEE, of which the first is stricter here: k companies
 * where three are asked for, none with more than 85 % (manual of protection of tables, chapter 11),
 * and a minimum of machines.
 *
 * @param companies k, the fewest companies
 * @param percent the most that one company may make up
 * @param machines the fewest machines
 * @param quantiles the fewest companies for quartiles
 */
public record Rules(int companies, int percent, int machines, int quantiles) {
  public static final Rules DEFAULT = new Rules(5, 85, 10, 10);

  /**
   * @throws IllegalArgumentException when a rule is weaker than INSEE's
   */
  public Rules {
    if (companies < 3 || percent < 1 || percent > 85 || machines < companies || quantiles < 4) {
      throw new IllegalArgumentException(
          "wanted at least 3 companies and as many machines, at most 85 %, quartiles of at least 4");
    }
  }

  /** Why the sum of these contributions may not be shown, if so. */
  Optional<Cell.Why> hidden(Collection<SignedContribution> cell, Measure measure) {
    Map<String, Share> shares = byCompany(cell, measure);
    Share sum = shares.values().stream().reduce(Share.NOTHING, Share::plus);
    if (shares.size() < companies) {
      return Optional.of(Cell.Why.FEW_COMPANIES);
    }
    if (sum.machines() < machines) {
      return Optional.of(Cell.Why.FEW_MACHINES);
    }
    long of = 0;
    long minutes = 0;
    long most = 0;
    long mostOf = 0;
    for (Share share : shares.values()) {
      of += share.ofMinutes();
      mostOf = Math.max(mostOf, share.ofMinutes());
      minutes += Math.abs(share.minutes());
      most = Math.max(most, Math.abs(share.minutes()));
    }
    boolean dominated = 100 * mostOf > percent * of || 100 * most > percent * minutes;
    return dominated ? Optional.of(Cell.Why.DOMINANCE) : Optional.empty();
  }

  /** The share of each company, all of its sectors together. */
  static Map<String, Share> byCompany(Collection<SignedContribution> cell, Measure measure) {
    Map<String, Share> shares = new HashMap<>();
    for (SignedContribution one : cell) {
      Share share = one.contribution().shares().get(measure);
      if (share != null) {
        shares.merge(one.company(), share, Share::plus);
      }
    }
    return shares;
  }

  /**
   * Whether two groups can be told apart only by as many companies as a cell needs: what is in one
   * and not in the other, each way, is nothing or enough of them.
   */
  boolean apart(Set<Member> one, Set<Member> other) {
    return enough(one, other) && enough(other, one);
  }

  private boolean enough(Set<Member> some, Set<Member> without) {
    Set<String> rest = new HashSet<>();
    for (Member member : some) {
      if (!without.contains(member)) {
        rest.add(member.company());
      }
    }
    return rest.isEmpty() || rest.size() >= companies;
  }
}
