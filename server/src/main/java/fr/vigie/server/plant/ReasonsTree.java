package fr.vigie.server.plant;

import fr.vigie.reason.Label;
import fr.vigie.reason.ReasonTree;
import fr.vigie.reason.StopKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and writes the tree of reasons that people of a site choose from. */
final class ReasonsTree {
  static final int MOST_GROUPS = 40;
  static final int MOST_REASONS = 200;
  private static final int LONGEST_LABEL = 120;
  private static final String GROUPS = "a list of groups with code, label and reasons";
  private static final String REASONS = "a list of reasons with code, label and kind";
  private static final String KINDS =
      "one of "
          + Arrays.stream(StopKind.values())
              .map(ReasonsTree::name)
              .collect(Collectors.joining(", "));

  private ReasonsTree() {}

  /**
   * @param used codes that must stay, for something names them
   * @throws MistakesFound with all of them
   */
  static ReasonTree read(Map<?, ?> values, Set<String> used) {
    Tree tree = Tree.of(values);
    List<Tree> branches = tree.branches("groups", GROUPS);
    if (branches.size() > MOST_GROUPS) {
      tree.wrong("groups", "at most " + MOST_GROUPS + " groups");
    }
    List<ReasonTree.Group> groups = new ArrayList<>();
    Set<String> groupCodes = new HashSet<>();
    Set<String> codes = new HashSet<>();
    for (Tree branch : branches) {
      String code = fresh(branch, groupCodes);
      Label label = label(branch);
      List<ReasonTree.Leaf> leaves = new ArrayList<>();
      for (Tree leaf : branch.branches("reasons", REASONS)) {
        leaves.add(
            new ReasonTree.Leaf(fresh(leaf, codes), label(leaf), kind(leaf), leaf.flag("retired")));
      }
      groups.add(new ReasonTree.Group(code, label, leaves));
    }
    if (codes.size() > MOST_REASONS) {
      tree.wrong("groups", "at most " + MOST_REASONS + " reasons");
    }
    List<String> missing = used.stream().filter(code -> !codes.contains(code)).sorted().toList();
    if (!missing.isEmpty()) {
      tree.wrong(
          "groups",
          "also the reasons that stops or rules name, with retired: true where they are no longer"
              + " offered: "
              + String.join(", ", missing));
    }
    tree.check();
    return new ReasonTree(groups);
  }

  /** What {@link #read} reads. */
  static Map<String, Object> write(ReasonTree tree) {
    List<Object> groups = new ArrayList<>();
    for (ReasonTree.Group group : tree.groups()) {
      Map<String, Object> branch = new LinkedHashMap<>();
      branch.put("code", group.code());
      branch.put("label", labels(group.label()));
      branch.put("reasons", group.leaves().stream().map(ReasonsTree::write).toList());
      groups.add(branch);
    }
    return Map.of("groups", groups);
  }

  private static Map<String, Object> write(ReasonTree.Leaf leaf) {
    Map<String, Object> branch = new LinkedHashMap<>();
    branch.put("code", leaf.code());
    branch.put("label", labels(leaf.label()));
    branch.put("kind", name(leaf.kind()));
    if (leaf.retired()) {
      branch.put("retired", true);
    }
    return branch;
  }

  private static Map<String, Object> labels(Label label) {
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("fr", label.french());
    labels.put("en", label.english());
    return labels;
  }

  /** A code that none has taken; a placeholder, with a mistake, where there is no such code. */
  private static String fresh(Tree tree, Set<String> taken) {
    Optional<String> code = tree.name("code");
    if (!tree.has("code")) {
      tree.wrong("code", "what the reason or group is known by for ever");
    }
    if (code.isPresent() && !taken.add(code.get())) {
      tree.wrong("code", "each code once");
    }
    return code.filter(taken::contains).orElse("none");
  }

  /** One text for both languages, or a text for each. */
  private static Label label(Tree tree) {
    if (tree.isBranch("label")) {
      Tree labels = tree.branch("label", "a text, or {fr: a text, en: a text}");
      return new Label(labelOf(labels, "fr"), labelOf(labels, "en"));
    }
    String both = labelOf(tree, "label");
    return new Label(both, both);
  }

  private static String labelOf(Tree tree, String key) {
    Optional<String> text = tree.text(key, LONGEST_LABEL).filter(found -> !found.isBlank());
    if (text.isEmpty()) {
      tree.wrong(key, "what people call it");
    }
    return text.orElse("?");
  }

  private static StopKind kind(Tree tree) {
    Optional<String> text = tree.text("kind", 60);
    Optional<StopKind> kind =
        Arrays.stream(StopKind.values())
            .filter(each -> text.filter(name(each)::equals).isPresent())
            .findFirst();
    if (kind.isEmpty()) {
      tree.wrong("kind", KINDS);
    }
    return kind.orElse(StopKind.OPERATION);
  }

  private static String name(StopKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
