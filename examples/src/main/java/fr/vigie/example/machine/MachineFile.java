package fr.vigie.example.machine;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A machine as a file describes it.
 *
 * @param tree what the server is told: states, parts, cycles, as the REST API names them
 * @param signals what the agent reads, by the key in the log
 * @param conditions patterns of keys that carry MTConnect conditions, such as {@code *_cond}
 */
public record MachineFile(
    Map<String, Object> tree, Map<String, SignalKind> signals, List<String> conditions) {
  private static final List<String> KEYS =
      List.of(
          "machine",
          "label",
          "line",
          "site",
          "reference-cycle",
          "micro-stop",
          "in-service-since",
          "state",
          "parts",
          "scrap",
          "cycle",
          "speed",
          "shifts",
          "signals",
          "conditions");
  private static final List<String> FOR_THE_AGENT = List.of("signals", "conditions");
  private static final String DURATION = "\\d{1,9}(\\.\\d{1,9})?(ms|s|m|h)";
  private static final List<String> STATES =
      List.of("running", "idle", "stopped", "off", "unobserved");
  private static final String ONE_OF_STATES = "one of " + String.join(", ", STATES);

  /** How the values of a key are read, and their unit, which may be empty. */
  public record SignalKind(Kind kind, String unit) {}

  /**
   * Reads and checks a file.
   *
   * @throws MachineFileException with every mistake in it
   */
  public static MachineFile read(Path file) throws IOException, MachineFileException {
    return parse(file.getFileName().toString(), Files.readString(file));
  }

  static MachineFile parse(String name, String yaml) throws MachineFileException {
    Branch root = Branch.root(name, node(name, yaml));
    if (root.mistakes().isEmpty()) {
      root.only(KEYS);
    }
    Map<String, SignalKind> signals = signals(root);
    checkState(root, signals);
    checkParts(root, signals);
    checkCycle(root);
    known(root.branch("scrap", false, "{counter: key}"), "counter", signals);
    known(root.branch("speed", false, "{signal: key}"), "signal", signals);
    duration(root, "reference-cycle");
    duration(root, "micro-stop");
    if (!root.mistakes().isEmpty()) {
      throw new MachineFileException(root.mistakes());
    }
    return new MachineFile(root.tree(FOR_THE_AGENT), signals, root.texts("conditions"));
  }

  /** The tree under another machine's name, for a server that knows several of the kind. */
  public Map<String, Object> treeFor(String machine, String site) {
    Map<String, Object> copy = new LinkedHashMap<>(tree);
    copy.put("machine", machine);
    copy.put("site", site);
    return copy;
  }

  private static Node node(String name, String yaml) throws MachineFileException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setUseMarks(true)
            .setAllowDuplicateKeys(true)
            .setSchema(new CoreSchema())
            .build();
    try {
      Optional<Node> node = new Compose(settings).composeString(yaml);
      return node.orElseThrow(() -> new MachineFileException(List.of(name + ":1  is empty")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new MachineFileException(List.of(name + ":" + line + "  not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      throw new MachineFileException(List.of(name + ":1  not YAML: " + e.getMessage()));
    }
  }

  private static Map<String, SignalKind> signals(Branch root) {
    Map<String, SignalKind> signals = new LinkedHashMap<>();
    Branch all = root.branch("signals", true, "keys of the log, each with {kind: …, unit: …}");
    for (String key : all.keys()) {
      if (!Names.isName(key)) {
        all.wrong(key, "a key of letters, digits, '.', '_' or '-'");
      }
      Branch one = all.branch(key, true, "{kind: …, unit: …}");
      one.only(List.of("kind", "unit"));
      signals.put(key, new SignalKind(kind(one), one.text("unit").orElse("")));
    }
    return signals;
  }

  private static Kind kind(Branch signal) {
    String wanted = "one of gauge, counter, state, event";
    Optional<String> text = signal.text("kind");
    if (text.isEmpty()) {
      if (!signal.has("kind")) {
        signal.wrong("kind", wanted);
      }
      return Kind.GAUGE;
    }
    try {
      return Kind.valueOf(text.get().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      signal.wrong("kind", wanted);
      return Kind.GAUGE;
    }
  }

  private static void checkState(Branch root, Map<String, SignalKind> signals) {
    Branch state = root.branch("state", true, "{signal: …, values: …}");
    if (!root.has("state")) {
      return;
    }
    if (!state.has("signal")) {
      state.wrong("signal", "a key under signals");
    }
    known(state, "signal", signals);
    duration(state, "dwell");
    state(state, "otherwise");
    if (!state.has("running-above")) {
      Branch values = state.branch("values", true, "texts of the signal, each " + ONE_OF_STATES);
      for (String key : values.keys()) {
        state(values, key);
      }
    }
  }

  private static void checkParts(Branch root, Map<String, SignalKind> signals) {
    if (!root.has("parts")) {
      return;
    }
    Branch parts = root.branch("parts", true, "{counter: key}, {event: key} or {cycles: true}");
    List<String> ways = new ArrayList<>();
    parts.keys().forEach(ways::add);
    if (ways.size() != 1 || !List.of("counter", "event", "cycles").contains(ways.get(0))) {
      root.wrong("parts", "{counter: key}, {event: key} or {cycles: true}");
    }
    known(parts, "counter", signals);
    known(parts, "event", signals);
    if (parts.has("cycles") && !root.has("cycle")) {
      parts.wrong("cycles", "a key cycle beside parts, with start and end");
    }
  }

  private static void checkCycle(Branch root) {
    if (!root.has("cycle")) {
      return;
    }
    Branch cycle = root.branch("cycle", true, "{start: value, end: value}");
    cycle.only(List.of("start", "end"));
    Optional<String> start = cycle.text("start");
    Optional<String> end = cycle.text("end");
    if (start.isEmpty() && !cycle.has("start")) {
      cycle.wrong("start", "the state signal's value that begins a cycle");
    }
    if (end.isEmpty() && !cycle.has("end") || start.isPresent() && start.equals(end)) {
      cycle.wrong("end", "the state signal's value that ends a cycle, not the one that begins it");
    }
  }

  private static void known(Branch branch, String key, Map<String, SignalKind> signals) {
    branch
        .text(key)
        .filter(signal -> !signals.containsKey(signal))
        .ifPresent(signal -> branch.wrong(key, "a key that stands under signals"));
  }

  private static void state(Branch branch, String key) {
    branch
        .text(key)
        .filter(text -> !STATES.contains(text.toLowerCase(Locale.ROOT)))
        .ifPresent(text -> branch.wrong(key, ONE_OF_STATES));
  }

  private static void duration(Branch branch, String key) {
    branch
        .text(key)
        .filter(text -> !text.matches(DURATION))
        .ifPresent(text -> branch.wrong(key, "a duration such as 500ms, 10s or 5m"));
  }
}
