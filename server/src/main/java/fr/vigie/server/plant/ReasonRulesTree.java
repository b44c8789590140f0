package fr.vigie.server.plant;

import fr.vigie.reason.AutomaticRule;
import fr.vigie.reason.Condition;
import fr.vigie.reason.ReasonTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the rules of a machine that give its stops their reasons from signals. */
final class ReasonRulesTree {
  static final int MOST_RULES = 50;
  private static final String RULES =
      "a list of rules with when, one of says, above, below; reason";
  private static final Duration DAY = Duration.ofDays(1);

  private ReasonRulesTree() {}

  /** None when the machine's tree has no such key; mistakes go to that tree. */
  static List<AutomaticRule> read(Tree machine, ReasonTree reasons) {
    if (!machine.has("reasons")) {
      return List.of();
    }
    List<AutomaticRule> rules = new ArrayList<>();
    for (Tree tree : machine.branches("reasons", RULES)) {
      String signal = tree.wantedName("when");
      Optional<Condition> condition = condition(tree);
      Duration lasting = duration(tree, "for");
      Duration before = duration(tree, "before");
      Optional<String> code =
          tree.text("reason", 200).filter(each -> reasons.find(each).isPresent());
      if (code.isEmpty()) {
        tree.wrong("reason", "a code of the site's tree of reasons");
      }
      if (condition.isPresent() && code.isPresent()) {
        rules.add(new AutomaticRule(signal, condition.get(), lasting, before, code.get()));
      }
    }
    if (rules.size() > MOST_RULES) {
      machine.wrong("reasons", "at most " + MOST_RULES + " rules");
    }
    return rules;
  }

  private static Optional<Condition> condition(Tree tree) {
    String wanted = "one of says: a text or a list of texts, above: a number, below: a number";
    boolean says = tree.has("says");
    boolean above = tree.has("above");
    boolean below = tree.has("below");
    if ((says ? 1 : 0) + (above ? 1 : 0) + (below ? 1 : 0) != 1) {
      tree.wrong("when", wanted);
      return Optional.empty();
    }
    if (says) {
      Set<String> texts = new HashSet<>();
      if (tree.isList("says")) {
        texts.addAll(tree.texts("says", wanted));
      } else {
        tree.text("says", 200).ifPresent(texts::add);
      }
      if (texts.isEmpty()) {
        tree.wrong("says", wanted);
        return Optional.empty();
      }
      return Optional.of(new Condition.Says(texts));
    }
    OptionalDouble limit = tree.number(above ? "above" : "below");
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    double number = limit.getAsDouble();
    return Optional.of(above ? new Condition.Above(number) : new Condition.Below(number));
  }

  private static Duration duration(Tree tree, String key) {
    Duration found = tree.duration(key).orElse(Duration.ZERO);
    if (found.compareTo(DAY) > 0) {
      tree.wrong(key, "a duration up to 24h");
    }
    return found;
  }
}
