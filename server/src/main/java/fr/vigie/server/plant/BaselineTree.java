package fr.vigie.server.plant;

import fr.vigie.energy.Baseline;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a baseline is asked to be made of. */
public final class BaselineTree {
  private static final String AN_INSTANT = "an instant such as 2026-11-24T05:00:00Z";

  private BaselineTree() {}

  /**
   * @param drivers words out of those that were offered, each once
   * @param step one of day, week, month
   */
  public record Asked(
      String name,
      Span span,
      String step,
      List<String> drivers,
      List<Baseline.Exclusion> exclusions) {}

  /**
   * @param offered words that a driver may be
   * @throws MistakesFound with all of them
   */
  public static Asked read(Map<String, Object> values, List<String> offered) {
    Tree tree = Tree.of(values);
    String name = tree.wantedName("name");
    Optional<Span> span = span(tree);
    String step = tree.word("step", "day", "week", "month");
    List<String> words = tree.texts("drivers", "a list of " + String.join(", ", offered));
    Set<String> drivers = new LinkedHashSet<>(words);
    if (words.isEmpty() || drivers.size() != words.size() || !offered.containsAll(words)) {
      tree.wrong("drivers", "a list of " + String.join(", ", offered) + ", each once");
    }
    List<Baseline.Exclusion> exclusions = new ArrayList<>();
    for (Tree each : tree.branchesIfAny("exclusions", "a list of from, to and why")) {
      Optional<Span> excluded = span(each);
      Optional<String> why = each.text("why", 500).filter(it -> !it.isEmpty());
      if (why.isEmpty()) {
        each.wrong("why", "why this time says nothing about usual work");
      }
      excluded.ifPresent(it -> exclusions.add(new Baseline.Exclusion(it, why.orElse(""))));
    }
    tree.check();
    return new Asked(name, span.orElseThrow(), step, List.copyOf(drivers), exclusions);
  }

  private static Optional<Span> span(Tree tree) {
    for (String key : List.of("from", "to")) {
      if (!tree.has(key)) {
        tree.wrong(key, AN_INSTANT);
      }
    }
    Optional<Instant> from = tree.instant("from");
    Optional<Instant> to = tree.instant("to");
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!to.get().isAfter(from.get())) {
      tree.wrong("to", "an instant after " + from.get());
      return Optional.empty();
    }
    return Optional.of(new Span(from.get(), to.get()));
  }
}
