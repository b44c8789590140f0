package fr.vigie.server.plant;

import fr.vigie.production.CycleRule;
import fr.vigie.production.MachineState;
import fr.vigie.signal.Names;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the tree that describes a machine. */
final class MachineTree {
  static final String STATES = "one of running, idle, stopped, off, unobserved";
  private static final int LONGEST_LABEL = 120;
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
  static Machine read(String name, String site, long version, Map<?, ?> values) {
    Tree tree = Tree.of(values);
    Machine machine = new MachineTree(tree).machine(name, site, version);
    tree.check();
    return machine;
  }

  private Machine machine(String name, String site, long version) {
    if (!Names.isName(name) || !tree.text("machine", 200).orElse(name).equals(name)) {
      tree.wrong("machine", "the name in the address, '" + name + "', made of letters and digits");
    }
    StateSource state = state();
    Optional<CycleRule> cycle = cycle(state);
    return new Machine(
        tree.name("site").orElse(site),
        name,
        tree.text("label", LONGEST_LABEL).filter(label -> !label.isEmpty()).orElse(name),
        tree.text("line", LONGEST_LABEL).orElse(""),
        version,
        tree.instant("in-service-since"),
        required(),
        state,
        new Machine.Counting(parts(cycle), scrap(), cycle),
        new Machine.Pace(
            positive("reference-cycle"),
            duration(tree, "micro-stop", Duration.ofSeconds(60)),
            speed()));
  }

  private StateSource state() {
    Tree state = tree.branch("state", "a signal and what its values mean");
    String signal = state.wantedName("signal");
    Duration dwell = duration(state, "dwell", Duration.ZERO);
    if (state.has("running-above") || state.has("running-below")) {
      return numbers(state, signal, dwell);
    }
    Map<String, MachineState> values = new HashMap<>();
    Tree meanings = state.branch("values", "texts of the signal, each with " + STATES);
    for (String text : meanings.keys()) {
      values.put(text, meaning(meanings, text).orElse(MachineState.UNOBSERVED));
    }
    MachineState otherwise = meaning(state, "otherwise").orElse(MachineState.UNOBSERVED);
    return new StateSource.Texts(signal, values, otherwise, dwell);
  }

  private static StateSource numbers(Tree state, String signal, Duration dwell) {
    OptionalDouble above = state.number("running-above");
    OptionalDouble below = state.number("running-below");
    OptionalDouble off = state.number("off-below");
    if (!state.has("running-above")) {
      state.wrong("running-above", "a number");
    }
    double low = below.orElse(above.orElse(0));
    if (above.isPresent() && low > above.getAsDouble()) {
      state.wrong("running-below", "a number not above running-above");
    }
    if (off.isPresent() && off.getAsDouble() > low) {
      state.wrong("off-below", "a number not above running-below");
    }
    return new StateSource.Numbers(signal, above.orElse(0), low, off, dwell);
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

  private Optional<CycleRule> cycle(StateSource state) {
    if (!tree.has("cycle")) {
      return Optional.empty();
    }
    Tree cycle = tree.branch("cycle", "start and end");
    Optional<String> start = cycle.text("start", 200);
    Optional<String> end = cycle.text("end", 200);
    if (start.isEmpty()) {
      cycle.wrong("start", "the text of the state signal that starts a cycle");
    }
    if (end.isEmpty() || end.equals(start)) {
      cycle.wrong("end", "the text of the state signal that ends a cycle, not the one at its start");
    }
    if (state instanceof StateSource.Numbers) {
      tree.wrong("cycle", "nothing: the state signal is one of numbers");
    }
    boolean right = start.isPresent() && end.isPresent() && !start.equals(end);
    return right ? Optional.of(new CycleRule(start.get(), end.get())) : Optional.empty();
  }

  private PartSource parts(Optional<CycleRule> cycle) {
    if (!tree.has("parts")) {
      return new PartSource.None();
    }
    String wanted = "one of {counter: signal}, {event: signal} or {cycles: true}";
    Tree parts = tree.branch("parts", wanted);
    boolean cycles = parts.flag("cycles");
    Optional<String> counter = parts.name("counter");
    Optional<String> event = parts.name("event");
    int ways = (cycles ? 1 : 0) + (counter.isPresent() ? 1 : 0) + (event.isPresent() ? 1 : 0);
    if (ways != 1) {
      tree.wrong("parts", wanted);
    }
    if (cycles && cycle.isEmpty()) {
      parts.wrong("cycles", "a key cycle beside parts, with start and end");
    }
    if (counter.isPresent()) {
      return new PartSource.Counter(counter.get());
    }
    if (event.isPresent()) {
      return new PartSource.Event(event.get());
    }
    return cycles ? new PartSource.Cycles() : new PartSource.None();
  }

  private Optional<String> scrap() {
    return tree.has("scrap")
        ? Optional.of(tree.branch("scrap", "{counter: signal}").wantedName("counter"))
        : Optional.empty();
  }

  private Optional<String> speed() {
    return tree.has("speed")
        ? Optional.of(tree.branch("speed", "{signal: name}").wantedName("signal"))
        : Optional.empty();
  }

  private Machine.Required required() {
    String shifts = tree.text("shifts", 200).orElse("site");
    if (!shifts.equals("site") && !shifts.equals("none")) {
      tree.wrong("shifts", "site or none");
    }
    return shifts.equals("none") ? Machine.Required.ALWAYS : Machine.Required.SHIFTS;
  }

  private Optional<Duration> positive(String key) {
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
