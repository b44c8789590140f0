package fr.vigie.server.plant;

import fr.vigie.production.CycleRule;
import fr.vigie.production.HourlyCost;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.StateRule;
import fr.vigie.production.Tcr;
import fr.vigie.signal.Names;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the tree that describes a machine. */
final class MachineTree {
  static final String STATES = "one of running, idle, stopped, off, unobserved";
  private static final int LONGEST_LABEL = 120;
  private static final int LONGEST_PRODUCT = 80;
  private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);
  private static final Duration DAY = Duration.ofDays(1);

  private final Tree tree;

  private MachineTree(Tree tree) {
    this.tree = tree;
  }

  /**
   * @param name what the tree's own {@code machine} must be, when it says any
   * @param site of a machine that names none
   * @throws MistakesFound with all of them
   */
  static Machine read(
      String name, String site, SiteRules siteRules, long version, Map<?, ?> values) {
    Tree tree = Tree.of(values);
    Machine machine = new MachineTree(tree).machine(name, site, siteRules, version);
    tree.check();
    return machine;
  }

  private Machine machine(String name, String site, SiteRules siteRules, long version) {
    if (!Names.isName(name) || !tree.text("machine", 200).orElse(name).equals(name)) {
      tree.wrong("machine", "the name in the address, '" + name + "', of letters and digits");
    }
    Tree state = tree.branch("state", "a signal and what its values mean");
    String signal = state.wantedName("signal");
    boolean numeric = state.has("running-above") || state.has("running-below");
    Duration dwell = duration(state, "dwell", Duration.ZERO);
    MachineRules.Builder rules =
        MachineRules.of(numeric ? levels(state, dwell) : texts(state, dwell));
    Optional<CycleRule> cycle = cycle(numeric);
    cycle.ifPresent(rules::cycle);
    Optional<String> parts = parts(cycle.isPresent(), rules);
    Optional<String> scrap = counter("scrap", "counter");
    scrap.ifPresent(counter -> rules.scrap(PartsRule.Counter.plain()));
    positive(tree, "reference-cycle").ifPresent(rules::referenceCycle);
    rules.products(products()).convention(siteRules.convention());
    tree.amount("cost-per-hour", DEAREST)
        .ifPresent(amount -> rules.cost(new HourlyCost(amount, siteRules.currency())));
    tree.instant("in-service-since").ifPresent(rules::inServiceSince);
    rules.microStop(duration(tree, "micro-stop", Duration.ofSeconds(60)));
    rules.reasons(ReasonRulesTree.read(tree, siteRules.reasons()));
    if (followsShifts()) {
      rules.calendar(siteRules.calendar());
    }
    return new Machine(
        tree.name("site").orElse(site),
        name,
        tree.text("label", LONGEST_LABEL).filter(label -> !label.isEmpty()).orElse(name),
        tree.text("line", LONGEST_LABEL).orElse(""),
        version,
        new Machine.Signals(signal, parts, scrap, counter("speed", "signal")),
        rules.build(),
        InstrumentTree.read(tree, siteRules));
  }

  private static StateRule texts(Tree state, Duration dwell) {
    Map<String, MachineState> values = new HashMap<>();
    Tree meanings = state.branch("values", "texts of the signal, each with " + STATES);
    for (String text : meanings.keys()) {
      values.put(text, meaning(meanings, text).orElse(MachineState.UNOBSERVED));
    }
    MachineState otherwise = meaning(state, "otherwise").orElse(MachineState.UNOBSERVED);
    return new StateRule.Texts(values, otherwise, dwell);
  }

  private static StateRule levels(Tree state, Duration dwell) {
    OptionalDouble above = state.number("running-above");
    OptionalDouble below = state.number("running-below");
    OptionalDouble off = state.number("off-below");
    if (!state.has("running-above")) {
      state.wrong("running-above", "a number");
    }
    double high = above.orElse(0);
    double low = below.orElse(high);
    if (above.isPresent() && low > high) {
      state.wrong("running-below", "a number not above running-above");
      low = high;
    }
    List<StateRule.Levels.Level> levels = new ArrayList<>();
    if (off.isPresent() && above.isPresent() && off.getAsDouble() >= low) {
      state.wrong("off-below", "a number below running-below");
    } else if (off.isPresent()) {
      double limit = off.getAsDouble();
      levels.add(new StateRule.Levels.Level(MachineState.IDLE, limit, limit));
    }
    if (above.isPresent()) {
      levels.add(new StateRule.Levels.Level(MachineState.RUNNING, high, low));
    }
    MachineState lowest = off.isPresent() ? MachineState.OFF : MachineState.IDLE;
    return new StateRule.Levels(lowest, levels, dwell);
  }

  private static Optional<MachineState> meaning(Tree tree, String key) {
    Optional<String> text = tree.text(key, 200);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MachineState.valueOf(text.get().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      tree.wrong(key, STATES);
      return Optional.empty();
    }
  }

  private Optional<CycleRule> cycle(boolean numeric) {
    if (!tree.has("cycle")) {
      return Optional.empty();
    }
    if (numeric) {
      tree.wrong("cycle", "nothing: the state signal is one of numbers");
    }
    Tree cycle = tree.branch("cycle", "start and end");
    Optional<String> start = cycle.text("start", 200);
    Optional<String> end = cycle.text("end", 200);
    if (start.isEmpty()) {
      cycle.wrong("start", "the text of the state signal that starts a cycle");
    }
    if (end.isEmpty() || end.equals(start)) {
      cycle.wrong("end", "the text of the state signal that ends a cycle, not the one that starts");
    }
    boolean right = start.isPresent() && end.isPresent() && !start.equals(end);
    return right ? Optional.of(new CycleRule(start.get(), end.get())) : Optional.empty();
  }

  /** Sets the rule for parts and returns their signal, if they have one. */
  private Optional<String> parts(boolean hasCycle, MachineRules.Builder rules) {
    if (!tree.has("parts")) {
      return Optional.empty();
    }
    String wanted = "one of {counter: signal}, {event: signal} or {cycles: true}";
    Tree parts = tree.branch("parts", wanted);
    boolean cycles = parts.flag("cycles");
    Optional<String> counter = parts.name("counter");
    Optional<String> event = parts.name("event");
    int ways = (cycles ? 1 : 0) + (parts.has("counter") ? 1 : 0) + (parts.has("event") ? 1 : 0);
    if (ways != 1) {
      tree.wrong("parts", wanted);
    }
    if (cycles && !hasCycle) {
      parts.wrong("cycles", "a key cycle beside parts, with start and end");
    } else if (cycles) {
      rules.parts(new PartsRule.Cycles(1));
    }
    counter.ifPresent(signal -> rules.parts(PartsRule.Counter.plain()));
    event.ifPresent(signal -> rules.parts(new PartsRule.Events(1)));
    return counter.or(() -> event);
  }

  private Optional<String> counter(String key, String inner) {
    return tree.has(key)
        ? Optional.of(tree.branch(key, "{" + inner + ": name}").wantedName(inner))
        : Optional.empty();
  }

  private boolean followsShifts() {
    String shifts = tree.text("shifts", 200).orElse("site");
    if (!shifts.equals("site") && !shifts.equals("none")) {
      tree.wrong("shifts", "site or none");
    }
    return !shifts.equals("none");
  }

  private Map<String, Tcr> products() {
    Map<String, Tcr> products = new HashMap<>();
    if (tree.has("products")) {
      Tree names = tree.branch("products", "names of products, each with its reference-cycle");
      for (String name : names.keys()) {
        Tree product = names.branch(name, "{reference-cycle: a duration}");
        if (name.isBlank() || name.length() > LONGEST_PRODUCT) {
          names.wrongKey(name, "a name of 1 to " + LONGEST_PRODUCT + " characters");
        }
        if (!product.has("reference-cycle")) {
          product.wrong("reference-cycle", "a duration above 0s and up to 24h");
        }
        positive(product, "reference-cycle").ifPresent(cycle -> products.put(name, Tcr.of(cycle)));
      }
    }
    return products;
  }

  private static Optional<Duration> positive(Tree tree, String key) {
    Optional<Duration> found = tree.duration(key);
    if (found.isPresent() && (found.get().isZero() || found.get().compareTo(DAY) > 0)) {
      tree.wrong(key, "a duration above 0s and up to 24h");
      return Optional.empty();
    }
    return found;
  }

  private static Duration duration(Tree tree, String key, Duration otherwise) {
    Duration found = tree.duration(key).orElse(otherwise);
    if (found.compareTo(DAY) > 0) {
      tree.wrong(key, "a duration up to 24h");
    }
    return found;
  }
}
