package fr.vigie.agent.config;

import fr.vigie.agent.config.ConfigException.Problem;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistake;
import fr.vigie.agent.setting.OwnFile;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Fills records from a tree of YAML. The components of a record are its keys: {@code longestLine}
 * is written {@code longest-line}; a component with a {@link Default}, an {@code Optional}, a list
 * or a map may be left out. Goes on after a mistake, so that all are found.
 */
final class Binder {
  private static final Node NOWHERE = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);

  private final List<Problem> problems = new ArrayList<>();

  List<Problem> problems() {
    return problems;
  }

  void problem(Node node, String key, String found, String wanted) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    problems.add(new Problem(line, key, found, wanted));
  }

  /** The entries of a mapping by key; mistakes where it is none, or a key stands twice. */
  Map<String, Node> mapping(Node node, String path) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (refusesAnchor(node, path)) {
      return entries;
    }
    if (!(node instanceof MappingNode mapping)) {
      problem(node, path, describe(node), "keys with values, each `key: value`");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problem(tuple.getKeyNode(), path, describe(tuple.getKeyNode()), "a plain key");
      } else if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        problem(key, join(path, key.getValue()), "the key a second time", "each key once");
      }
    }
    return entries;
  }

  private boolean refusesAnchor(Node node, String path) {
    if (node.getAnchor().isPresent()) {
      problem(node, path, "the anchor &" + node.getAnchor().get(), "no anchors and aliases");
      return true;
    }
    return false;
  }

  /** Fills a record from entries; empty when a mistake hinders it. */
  <T> Optional<T> record(Class<T> type, Node at, Map<String, Node> entries, String path) {
    return record(type, at, entries, path, Set.of());
  }

  /**
   * @param besides keys that stand beside the record's own, which the caller reads
   */
  <T> Optional<T> record(
      Class<T> type, Node at, Map<String, Node> entries, String path, Set<String> besides) {
    RecordComponent[] components = type.getRecordComponents();
    Set<String> keys = new TreeSet<>(keys(type));
    entries.forEach(
        (key, node) -> {
          if (!keys.contains(key)) {
            Set<String> wanted = new TreeSet<>(keys);
            wanted.addAll(besides);
            problem(node, join(path, key), "an unknown key", wantedKey(key, wanted));
          }
        });
    Object[] values = new Object[components.length];
    boolean complete = true;
    boolean usable = true;
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      String key = key(component);
      Optional<Object> value =
          component.isAnnotationPresent(Inline.class)
              ? inline(component.getType(), at, entries, path)
              : Optional.ofNullable(entries.get(key))
                  .map(node -> value(component.getGenericType(), node, join(path, key)))
                  .orElseGet(() -> absent(component, at, join(path, key)));
      complete &= value.isPresent();
      Optional<Object> usual = value.or(() -> stopgap(component));
      usable &= usual.isPresent();
      values[i] = usual.orElse(key);
    }
    Optional<T> made =
        usable ? construct(type, components, values, at, entries, path) : Optional.empty();
    return complete ? made : Optional.empty();
  }

  private Optional<Object> inline(Class<?> type, Node at, Map<String, Node> entries, String path) {
    Map<String, Node> own = new LinkedHashMap<>(entries);
    own.keySet().retainAll(keys(type));
    return record(type, at, own, path).map(Object.class::cast);
  }

  /** The keys of a record in a file, in the order of its components. */
  static List<String> keys(Class<?> type) {
    return components(type).stream().map(Binder::key).toList();
  }

  /** The components that a file may fill, those of records {@linkplain Inline within} included. */
  static List<RecordComponent> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component ->
                component.isAnnotationPresent(Inline.class)
                    ? components(component.getType()).stream()
                    : Stream.of(component))
        .toList();
  }

  /** Something right in place of a mistake, so that the record can be asked for further ones. */
  private static Optional<Object> stopgap(RecordComponent component) {
    Default value = component.getAnnotation(Default.class);
    Class<?> type = component.getType();
    if (value != null) {
      return Scalars.read(type, value.value());
    }
    if (type == Optional.class) {
      // Much may follow from what stands in a file of its own: not asked for with a wrong one.
      return isInOwnFile(component) ? Optional.empty() : Optional.of(Optional.empty());
    }
    if (type == List.class) {
      return Optional.of(List.of());
    }
    if (type == Map.class) {
      return Optional.of(Map.of());
    }
    if (component.isAnnotationPresent(Inline.class)) {
      return new Binder().inline(type, NOWHERE, Map.of(), "");
    }
    return Scalars.specimen(type);
  }

  private <T> Optional<T> construct(
      Class<T> type,
      RecordComponent[] components,
      Object[] values,
      Node at,
      Map<String, Node> entries,
      String path) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Mistake mistake) {
        mistake.all().forEach(each -> mistake(each, at, entries, path));
        return Optional.empty();
      }
      throw new IllegalStateException(type + " fails in its constructor", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /**
   * Tells a mistake unless one is already told of the key or its parts, from which it may follow.
   */
  private void mistake(Mistake mistake, Node at, Map<String, Node> entries, String path) {
    if (isTold(join(path, mistake.key()))) {
      return;
    }
    String first = mistake.key().split("\\.")[0];
    Node node = node(at, mistake.key().split("\\.")).orElse(entries.getOrDefault(first, at));
    problem(node, join(path, mistake.key()), mistake.found(), mistake.wanted());
  }

  private boolean isTold(String key) {
    return problems.stream()
        .anyMatch(
            problem ->
                (problem.key() + '.').startsWith(key + '.') || key.startsWith(problem.key() + '.'));
  }

  private static boolean isInOwnFile(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[0] instanceof Class<?> type
        && type.isAnnotationPresent(OwnFile.class);
  }

  private static Optional<Node> node(Node from, String[] keys) {
    Node node = from;
    for (String key : keys) {
      Optional<Node> next =
          node instanceof MappingNode mapping
              ? mapping.getValue().stream()
                  .filter(tuple -> isKey(tuple, key))
                  .map(NodeTuple::getValueNode)
                  .findFirst()
              : Optional.empty();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      node = next.get();
    }
    return Optional.of(node);
  }

  private static boolean isKey(NodeTuple tuple, String key) {
    return tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key);
  }

  private Optional<Object> absent(RecordComponent component, Node at, String path) {
    if (component.getType() == Optional.class) {
      return Optional.of(Optional.empty());
    }
    if (component.isAnnotationPresent(Default.class)
        || component.getType() == List.class
        || component.getType() == Map.class) {
      return stopgap(component);
    }
    String wanted =
        Scalars.reads(component.getType())
            ? Scalars.wanted(component.getType(), "")
            : "keys with values";
    problem(at, path, "nothing", wanted);
    return Optional.empty();
  }

  private Optional<Object> value(Type type, Node node, String path) {
    if (refusesAnchor(node, path)) {
      return Optional.empty();
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return value(arguments[0], node, path).map(Optional::of);
      }
      return generic.getRawType() == List.class
          ? list(arguments[0], node, path)
          : map(arguments[1], node, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isAnnotationPresent(OwnFile.class)) {
      return inOwnFile(plain, node, path);
    }
    if (plain.isRecord() && !Scalars.reads(plain)) {
      int before = problems.size();
      Map<String, Node> entries = mapping(node, path);
      return node instanceof MappingNode || problems.size() == before
          ? record(plain, node, entries, path).map(Object.class::cast)
          : Optional.empty();
    }
    if (!(node instanceof ScalarNode scalar)) {
      problem(node, path, describe(node), Scalars.wanted(plain, ""));
      return Optional.empty();
    }
    Optional<Object> value = Scalars.read(plain, scalar.getValue());
    if (value.isEmpty()) {
      problem(node, path, describe(node), Scalars.wanted(plain, scalar.getValue()));
    }
    return value;
  }

  private Optional<Object> inOwnFile(Class<?> type, Node node, String path) {
    List<String> known = List.of(type.getAnnotation(OwnFile.class).value());
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!known.contains(name) && !name.startsWith("/")) {
      problem(
          node,
          path,
          describe(node),
          "one of " + String.join(", ", known) + ", or a path such as /etc/vigie/meter.yaml");
      return Optional.empty();
    }
    List<Problem> inside;
    try {
      Node root = known.contains(name) ? YamlFile.beside(type, name) : YamlFile.read(name);
      Binder own = new Binder();
      Optional<Object> read =
          own.record(type, root, own.mapping(root, ""), "").map(Object.class::cast);
      if (read.isPresent() && own.problems.isEmpty()) {
        return read;
      }
      inside = own.problems;
    } catch (ConfigException e) {
      inside = e.problems();
    }
    for (Problem problem : inside) {
      problem(node, path, problem.inFound(name), problem.wanted());
    }
    return Optional.empty();
  }

  private Optional<Object> list(Type element, Node node, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      problem(node, path, describe(node), "a list such as [a, b]");
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (Node entry : sequence.getValue()) {
      value(element, entry, path).ifPresent(values::add);
    }
    return Optional.of(List.copyOf(values));
  }

  private Optional<Object> map(Type element, Node node, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping(node, path)
        .forEach(
            (key, entry) ->
                value(element, entry, join(path, key)).ifPresent(value -> values.put(key, value)));
    return Optional.of(values);
  }

  static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + '.' + key;
  }

  static String describe(Node node) {
    if (node instanceof ScalarNode scalar) {
      String value = scalar.getValue();
      if (value.isEmpty()) {
        return "nothing";
      }
      return "'" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "'";
    }
    return node instanceof MappingNode ? "keys with values" : "a list";
  }

  static String wantedKey(String key, Set<String> known) {
    return known.stream()
        .filter(candidate -> distance(candidate, key) <= 2)
        .findFirst()
        .map(candidate -> "'" + candidate + "'?")
        .orElseGet(() -> "one of " + String.join(", ", known));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
