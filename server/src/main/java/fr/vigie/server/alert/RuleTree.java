package fr.vigie.server.alert;

import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Limit;
import fr.vigie.production.MachineState;
import fr.vigie.server.plant.Tree;
import fr.vigie.signal.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Reads the tree that describes the rules. */
final class RuleTree {
  static final int MOST_RULES = 500;
  private static final String WHEN =
      "one of {signal, above or below or equals or missing}, {state}, {figure, above or below} or"
          + " {agent: silent, wrong-clock or losses}";
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration SILENT_FOR = Duration.ofMinutes(5);

  private final Tree tree;
  private final Set<String> recipients;

  private RuleTree(Tree tree, Set<String> recipients) {
    this.tree = tree;
    this.recipients = recipients;
  }

  /**
   * @param recipients that the settings name
   * @param since of every rule
   * @throws fr.vigie.server.plant.MistakesFound with all of them
   */
  static List<Rule> read(Map<?, ?> values, Set<String> recipients, Instant since) {
    Tree all = Tree.of(values);
    List<Tree> branches = all.branches("rules", "a list of rules");
    if (branches.size() > MOST_RULES) {
      all.wrong("rules", "at most " + MOST_RULES + " rules");
    }
    Set<String> names = new TreeSet<>();
    List<Rule> rules = new ArrayList<>();
    for (Tree branch : branches) {
      Rule rule = new RuleTree(branch, recipients).rule(since);
      if (!names.add(rule.name())) {
        branch.wrong("name", "a name that no other rule has");
      }
      rules.add(rule);
    }
    all.check();
    return rules;
  }

  private Rule rule(Instant since) {
    String name = tree.wantedName("name");
    Tree when = tree.branch("when", WHEN);
    Condition condition = condition(when);
    List<String> machines = names("machines");
    List<String> agents = names("agents");
    if (condition.isOfAgents() && !machines.isEmpty()) {
      tree.wrong("machines", "nothing: this rule is about agents");
    } else if (!condition.isOfAgents() && !agents.isEmpty()) {
      tree.wrong("agents", "nothing: this rule is about machines");
    }
    Duration usual =
        condition instanceof Condition.Silent || condition instanceof Condition.Missing
            ? SILENT_FOR
            : Duration.ZERO;
    HoldOff lasting =
        new HoldOff(
            duration("for", usual),
            duration("clear-after", Duration.ZERO),
            duration("hold-off", Duration.ZERO));
    return new Rule(
        name,
        condition.isOfAgents() ? agents : machines,
        condition,
        duringShifts(condition),
        lasting,
        severity(),
        to(),
        since);
  }

  private Condition condition(Tree when) {
    boolean signal = when.has("signal");
    boolean state = when.has("state");
    boolean figure = when.has("figure");
    boolean agent = when.has("agent");
    int sorts = (signal ? 1 : 0) + (state ? 1 : 0) + (figure ? 1 : 0) + (agent ? 1 : 0);
    if (sorts != 1) {
      tree.wrong("when", WHEN);
    }
    if (signal) {
      return signal(when);
    }
    if (figure) {
      String word = when.text("figure", 60).orElse("");
      Optional<Figure> found = Figure.of(word);
      if (found.isEmpty()) {
        when.wrong("figure", Figure.NAMES);
      }
      Limit limit = limit(when, "a share such as 0.6 for 60 %");
      return new Condition.FigureBeyond(found.orElse(Figure.TRS), limit);
    }
    if (agent) {
      return switch (when.text("agent", 60).orElse("")) {
        case "silent" -> new Condition.Silent();
        case "wrong-clock" -> new Condition.WrongClock();
        case "losses" -> new Condition.Losses();
        default -> {
          when.wrong("agent", "one of silent, wrong-clock, losses");
          yield new Condition.Silent();
        }
      };
    }
    return new Condition.In(state ? states(when) : Set.of());
  }

  private Condition signal(Tree when) {
    String signal = when.wantedName("signal");
    boolean missing = when.flag("missing");
    Optional<String> text = when.text("equals", 200);
    boolean limit = when.has("above") || when.has("below");
    if ((missing ? 1 : 0) + (text.isPresent() ? 1 : 0) + (limit ? 1 : 0) != 1) {
      when.wrong("signal", "one of above, below, equals or missing: true beside it");
    }
    if (limit) {
      return new Condition.Beyond(signal, limit(when, "a number, in the signal's unit"));
    }
    return text.isPresent()
        ? new Condition.Says(signal, text.get())
        : new Condition.Missing(signal);
  }

  private static Limit limit(Tree when, String wanted) {
    OptionalDouble above = when.number("above");
    OptionalDouble below = when.number("below");
    if (when.has("above") == when.has("below")) {
      when.wrong("above", wanted + ", or below in its place");
    }
    boolean high = above.isPresent();
    double at = above.orElse(below.orElse(0));
    double fine = when.number("clear").orElse(at);
    if (high ? fine > at : fine < at) {
      when.wrong("clear", "a number at which all is well again, not beyond the limit");
      fine = at;
    }
    return high ? Limit.above(at, fine) : Limit.below(at, fine);
  }

  private static Set<MachineState> states(Tree when) {
    String wanted = "a list of running, idle, stopped, off, unobserved";
    Set<MachineState> states = EnumSet.noneOf(MachineState.class);
    for (String text : when.texts("state", wanted)) {
      try {
        states.add(MachineState.valueOf(text.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        when.wrong("state", wanted);
      }
    }
    if (states.isEmpty()) {
      when.wrong("state", wanted);
    }
    return states;
  }

  private boolean duringShifts(Condition condition) {
    String word = tree.text("during", 60).orElse(condition.isAlways() ? "always" : "shifts");
    if (!word.equals("shifts") && !word.equals("always")) {
      tree.wrong("during", "shifts or always");
    } else if (word.equals("shifts") && condition.isOfAgents()) {
      tree.wrong("during", "always: agents have no shifts");
    }
    return word.equals("shifts");
  }

  private Rule.Severity severity() {
    String word = tree.text("severity", 60).orElse("warning");
    for (Rule.Severity severity : Rule.Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    tree.wrong("severity", "one of info, warning, critical");
    return Rule.Severity.WARNING;
  }

  private List<String> to() {
    if (!tree.has("to")) {
      return List.of();
    }
    String wanted =
        recipients.isEmpty()
            ? "no recipient: the settings vigie.alerts.to name none"
            : "a list of the recipients of the settings: "
                + String.join(", ", new TreeSet<>(recipients));
    List<String> to = tree.texts("to", wanted);
    if (!recipients.containsAll(to) || Set.copyOf(to).size() != to.size()) {
      tree.wrong("to", wanted);
    }
    return to;
  }

  private List<String> names(String key) {
    if (!tree.has(key)) {
      return List.of();
    }
    String wanted = "a list of names";
    List<String> names = tree.texts(key, wanted);
    if (names.isEmpty() || !names.stream().allMatch(Names::isName)) {
      tree.wrong(key, wanted);
    }
    return names;
  }

  private Duration duration(String key, Duration usual) {
    Duration found = tree.duration(key).orElse(usual);
    if (found.compareTo(LONGEST) > 0) {
      tree.wrong(key, "a duration up to 24h");
      return usual;
    }
    return found;
  }
}
