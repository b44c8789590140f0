package fr.vigie.agent.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Keys with their values as a program has them, in the form in which a file is read. */
final class Keys {
  private Keys() {}

  static Node node(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<NodeTuple> entries = new ArrayList<>();
      map.forEach((key, its) -> entries.add(new NodeTuple(text(key), node(its))));
      return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }
    if (value instanceof Collection<?> list) {
      List<Node> entries = list.stream().map(Keys::node).toList();
      return new SequenceNode(Tag.SEQ, entries, FlowStyle.BLOCK);
    }
    return text(value instanceof Duration time ? time.toMillis() + "ms" : value);
  }

  private static Node text(Object value) {
    return new ScalarNode(Tag.STR, String.valueOf(value), ScalarStyle.PLAIN);
  }
}
