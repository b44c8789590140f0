package fr.vigie.reason;

import fr.vigie.signal.Names;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reasons that people of a site choose from, in groups. Immutable. */
public final class ReasonTree {
  private final List<Group> groups;
  private final Map<String, Leaf> leaves;

  /**
   * @throws IllegalArgumentException when two groups or two leaves have one code
   */
  public ReasonTree(List<Group> groups) {
    this.groups = List.copyOf(groups);
    Map<String, Leaf> found = new LinkedHashMap<>();
    Set<String> codes = new HashSet<>();
    for (Group group : groups) {
      if (!codes.add(group.code())) {
        throw new IllegalArgumentException("two groups have the code " + group.code());
      }
      for (Leaf leaf : group.leaves()) {
        if (found.put(leaf.code(), leaf) != null) {
          throw new IllegalArgumentException("two reasons have the code " + leaf.code());
        }
      }
    }
    leaves = Collections.unmodifiableMap(found);
  }

  /** Reasons that belong together on a screen. */
  public record Group(String code, Label label, List<Leaf> leaves) {
    public Group {
      Names.check("code of a group", code);
      leaves = List.copyOf(leaves);
    }
  }

  /**
   * One reason.
   *
   * @param code what it is known by for ever, whatever its label becomes
   * @param retired no longer offered, and still known where it was given
   */
  public record Leaf(String code, Label label, StopKind kind, boolean retired) {
    public Leaf {
      Names.check("code of a reason", code);
    }

    public static Leaf of(String code, StopKind kind, String french, String english) {
      return new Leaf(code, new Label(french, english), kind, false);
    }

    /** As figures know it; the label is the French one, a view may show the other. */
    public Reason reason() {
      return new Reason(code, label.french(), kind);
    }
  }

  public List<Group> groups() {
    return groups;
  }

  /** Of all groups, retired ones too, in the tree's order. */
  public List<Leaf> leaves() {
    return List.copyOf(leaves.values());
  }

  public Optional<Leaf> find(String code) {
    return Optional.ofNullable(leaves.get(code));
  }

  /** The leaf that something names which can only name a known one. */
  Leaf known(String code) {
    return find(code)
        .orElseThrow(() -> new IllegalArgumentException("the tree has no reason " + code));
  }
}
