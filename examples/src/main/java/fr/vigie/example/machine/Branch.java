package fr.vigie.example.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a YAML file and where it stands; gathers mistakes, each with its line. */
final class Branch {
  private static final Node NOTHING = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);

  private final String file;
  private final String path;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final List<String> mistakes;

  private Branch(String file, String path, Node node, List<String> mistakes) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.mistakes = mistakes;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = text(tuple.getKeyNode());
        if (values.put(key, tuple.getValueNode()) != null) {
          mistake(tuple.getKeyNode(), key, "'" + key + "' twice", "each key once");
        }
      }
    }
  }

  static Branch root(String file, Node node) {
    Branch root = new Branch(file, "", node, new ArrayList<>());
    if (!(node instanceof MappingNode)) {
      root.mistake(node, "", shown(node), "keys such as state and signals");
    }
    return root;
  }

  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Iterable<String> keys() {
    return values.keySet();
  }

  /** Refuses every key other than these. */
  void only(List<String> known) {
    values.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            mistake(value, key, "an unknown key", "one of " + String.join(", ", known));
          }
        });
  }

  /** The mapping at a key; an empty one when there is none, which is a mistake if it is wanted. */
  Branch branch(String key, boolean wanted, String what) {
    Node value = values.get(key);
    if (value == null) {
      if (wanted) {
        mistake(node, key, "nothing", what);
      }
      return new Branch(file, path + key + '.', NOTHING, mistakes);
    }
    if (!(value instanceof MappingNode)) {
      mistake(value, key, shown(value), what);
      return new Branch(file, path + key + '.', NOTHING, mistakes);
    }
    return new Branch(file, path + key + '.', value, mistakes);
  }

  Optional<String> text(String key) {
    Node value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof ScalarNode) || text(value).isEmpty()) {
      mistake(value, key, shown(value), "a text");
      return Optional.empty();
    }
    return Optional.of(text(value));
  }

  List<String> texts(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode list)) {
      mistake(value, key, shown(value), "a list");
      return List.of();
    }
    return list.getValue().stream().map(Branch::text).toList();
  }

  void wrong(String key, String wanted) {
    Node value = values.get(key);
    mistake(value == null ? node : value, key, value == null ? "nothing" : shown(value), wanted);
  }

  /** The branch as maps, lists, texts and truth values, without the keys named. */
  Map<String, Object> tree(List<String> without) {
    Map<String, Object> tree = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (!without.contains(key)) {
            tree.put(key, plain(value));
          }
        });
    return tree;
  }

  private static Object plain(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      mapping.getValue().forEach(t -> map.put(text(t.getKeyNode()), plain(t.getValueNode())));
      return map;
    }
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(Branch::plain).toList();
    }
    String text = text(node);
    if (node.getTag().equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
      return Double.valueOf(text);
    }
    return text;
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static String shown(Node node) {
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    return node instanceof SequenceNode ? "a list" : "'" + text(node) + "'";
  }

  private void mistake(Node at, String key, String found, String wanted) {
    int line = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    mistakes.add(
        String.format("%s:%d  %s%s: found %s, wanted %s", file, line, path, key, found, wanted));
  }
}
