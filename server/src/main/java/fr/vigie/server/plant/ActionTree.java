package fr.vigie.server.plant;

import fr.vigie.improvement.Action;
import fr.vigie.improvement.Course;
import fr.vigie.improvement.Measure;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads the tree that registers an action. */
final class ActionTree {
  private static final int LONGEST = 500;
  private static final Duration LONGEST_PART = Duration.ofDays(366);
  private static final String A_SPAN = "{from: instant, to: instant}, from before to";
  private static final String MEASURES =
      "some of "
          + Arrays.stream(Measure.values()).map(ActionTree::name).collect(Collectors.joining(", "))
          + ", each once";

  /** Stands for what was not readable, until the mistakes are told. */
  private static final Course NO_COURSE =
      new Course(
          new Span(Instant.EPOCH, Instant.EPOCH.plusNanos(1)),
          new Span(Instant.EPOCH.plusNanos(1), Instant.EPOCH.plusNanos(2)),
          List.of());

  private final Tree tree;

  private ActionTree(Tree tree) {
    this.tree = tree;
  }

  /**
   * @param isMachine whether a machine of that name is described
   * @throws MistakesFound with all of them
   */
  static Registered read(
      long id, Map<?, ?> values, Instant registered, Predicate<String> isMachine) {
    Tree tree = Tree.of(values);
    ActionTree reader = new ActionTree(tree);
    String what = tree.text("what", LONGEST).orElse("");
    if (what.isEmpty()) {
      tree.wrong("what", "what is done, in words");
    }
    String machine = tree.wantedName("machine");
    if (tree.has("machine") && !isMachine.test(machine)) {
      tree.wrong("machine", "the name of a machine that is described");
    }
    Optional<String> control = tree.name("control");
    if (control.filter(name -> name.equals(machine) || !isMachine.test(name)).isPresent()) {
      tree.wrong("control", "the name of another machine that is described");
    }
    List<Measure> measures = reader.measures();
    Course course = reader.course();
    Registered.Every every =
        tree.word("every", "shift", "day").equals("day")
            ? Registered.Every.DAY
            : Registered.Every.SHIFT;
    OptionalDouble euros = tree.number("euros-an-hour");
    if (euros.isPresent() && euros.getAsDouble() < 0) {
      tree.wrong("euros-an-hour", "a number of euros, 0 or more");
    }
    tree.check();
    return new Registered(
        id, new Action(what, machine, control, measures, course, registered), every, euros);
  }

  static String name(Measure measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  private List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    for (String text : tree.texts("measures", MEASURES)) {
      Optional<Measure> measure =
          Arrays.stream(Measure.values()).filter(each -> name(each).equals(text)).findFirst();
      if (measure.isEmpty() || measures.contains(measure.get())) {
        tree.wrong("measures", MEASURES);
        return List.of(Measure.TRS);
      }
      measures.add(measure.get());
    }
    if (measures.isEmpty() && tree.has("measures")) {
      tree.wrong("measures", MEASURES);
    }
    return measures.isEmpty() ? List.of(Measure.TRS) : measures;
  }

  private Course course() {
    Optional<Span> baseline = part("baseline");
    Optional<Span> after = part("after");
    List<Span> exclusions =
        tree.branchesIfAny("exclusions", A_SPAN).stream()
            .flatMap(each -> span(each).stream())
            .toList();
    if (baseline.isEmpty() || after.isEmpty()) {
      return NO_COURSE;
    }
    if (after.get().start().isBefore(baseline.get().end())) {
      tree.wrong("after", "a time that starts when the baseline has ended");
      return NO_COURSE;
    }
    return new Course(baseline.get(), after.get(), exclusions);
  }

  private Optional<Span> part(String key) {
    Optional<Span> span = span(tree.branch(key, A_SPAN));
    if (span.isPresent() && span.get().length().compareTo(LONGEST_PART) > 0) {
      tree.wrong(key, "at most " + LONGEST_PART.toDays() + " days");
    }
    return span;
  }

  private static Optional<Span> span(Tree branch) {
    Optional<Instant> from = branch.instant("from");
    Optional<Instant> to = branch.instant("to");
    for (String key : List.of("from", "to")) {
      if (!branch.has(key)) {
        branch.wrong(key, "an instant such as 2026-11-24T05:00:00Z");
      }
    }
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!from.get().isBefore(to.get())) {
      branch.wrong("to", "an instant after from");
      return Optional.empty();
    }
    return Optional.of(new Span(from.get(), to.get()));
  }
}
