package fr.vigie.improvement;

import fr.vigie.statistics.Interval;
import fr.vigie.statistics.change.Autocorrelation;
import fr.vigie.statistics.change.BlockBootstrap;
import fr.vigie.statistics.change.MannWhitney;
import fr.vigie.statistics.change.Moments;
import fr.vigie.statistics.change.Ratios;
import fr.vigie.statistics.change.Welch;
import fr.vigie.statistics.regression.Estimate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** One measure before and after an action. */
final class Comparison {
  /** Two working weeks of days. */
  private static final int FEWEST = 10;

  /** A unit that counts for less than this is a raw sample. */
  private static final double LEAST_WORTH = 0.25;

  /** A larger change of the observed share may be what was taken for an effect. */
  private static final double COVERAGE_CHANGE = 0.05;

  /** Blocks of a week need this many weeks on either side, or hardly anything is left to draw. */
  private static final int WEEKS_FOR_WEEKLY_BLOCKS = 8;

  private static final BlockBootstrap BOOTSTRAP = new BlockBootstrap(5_000, 1);

  /** Standard errors from zero to a change that is seen in 80 % of cases: z.975 + z.80. */
  private static final double POWER = 1.959963984540054 + 0.8416212335729143;

  /** A difference this small beside what is compared comes from sums of doubles. */
  private static final double ROUNDING = 1e-12;

  private static final double NANOS_A_WEEK = Duration.ofDays(7).toNanos();

  private final Course course;
  private final Question question;
  private final Instant now;
  private final Selection selection;
  private final List<Selection.Pair> before;
  private final List<Selection.Pair> after;
  private final List<Objection> objections = new ArrayList<>();

  Comparison(Course course, Question question, Instant now) {
    this.now = now;
    this.course = course;
    this.question = question;
    selection = new Selection(course, question);
    before = selection.pairs(Course.Part.BASELINE);
    after = selection.pairs(Course.Part.AFTER);
    if (Math.min(before.size(), after.size()) < FEWEST) {
      objections.add(new Objection.TooFew(before.size(), after.size(), FEWEST));
    } else {
      checkIndependence(before);
      checkIndependence(after);
      checkCoverage();
    }
    checkConditions();
    if (now.isBefore(course.after().end())) {
      objections.add(new Objection.NotOver(course.after().end()));
    }
  }

  /** Empty when there are too few units, or they do not stand for themselves. */
  Optional<Effect> effect() {
    boolean comparable =
        objections.stream()
            .noneMatch(
                each -> each instanceof Objection.TooFew || each instanceof Objection.Dependent);
    return comparable ? Optional.of(compare()) : Optional.empty();
  }

  Answer answer(Optional<Effect> effect) {
    Optional<Verdict> verdict =
        effect
            .filter(any -> objections.isEmpty())
            .map(
                each ->
                    Verdict.of(
                        question.wanted().gain(each.size().difference()),
                        each.certainty().pValue()));
    return new Answer(
        before.size(), after.size(), selection.leftOut(), objections, effect, verdict);
  }

  private Effect compare() {
    Ratios first = ratios(before, Selection.Pair::ratio);
    Ratios second = ratios(after, Selection.Pair::ratio);
    double difference = second.ratio() - first.ratio();
    double plainBefore = ratios(before, pair -> pair.unit().ratio()).ratio();
    double plainAfter = ratios(after, pair -> pair.unit().ratio()).ratio();
    Estimate welch =
        Welch.difference(
            Moments.correlated(first.influences()), Moments.correlated(second.influences()));
    BlockBootstrap.Differences drawn = BOOTSTRAP.differences(first, second, block());
    boolean same =
        Math.abs(difference) <= ROUNDING * (Math.abs(plainBefore) + Math.abs(plainAfter));
    double byWelch = same ? 1 : welch.pValue().orElse(0);
    double weeks = course.lengthAfter(now).toNanos() / NANOS_A_WEEK;
    return new Effect(
        new Effect.Size(
            plainBefore,
            plainAfter,
            plainAfter - plainBefore - difference,
            difference,
            difference * second.weight() / weeks),
        new Effect.Certainty(
            welch.interval(Interval.USUAL),
            drawn.interval(Interval.USUAL),
            MannWhitney.of(values(before), values(after)).interval(Interval.USUAL),
            Math.max(byWelch, drawn.pValue()),
            POWER * welch.standardError()));
  }

  /** A week's units where there are weeks enough, since weeks have a rhythm. */
  private int block() {
    int shorter = Math.min(before.size(), after.size());
    double weeks = course.baseline().length().toNanos() / NANOS_A_WEEK;
    int week = (int) Math.round(before.size() / weeks);
    int usual = BlockBootstrap.usualBlock(shorter);
    return week * WEEKS_FOR_WEEKLY_BLOCKS <= shorter ? Math.max(usual, week) : usual;
  }

  private void checkIndependence(List<Selection.Pair> side) {
    double[] influences = ratios(side, Selection.Pair::ratio).influences();
    double effective = Autocorrelation.effectiveSize(influences);
    if (effective < LEAST_WORTH * influences.length) {
      double correlation = Autocorrelation.at(1, influences).orElse(0);
      objections.add(new Objection.Dependent(influences.length, effective, correlation));
    }
  }

  private void checkConditions() {
    SortedSet<String> changed = changes(observed());
    changes(selection.controls()).forEach(name -> changed.add("control." + name));
    if (!changed.isEmpty()) {
      objections.add(new Objection.OtherConditions(changed));
    }
  }

  private Stream<Unit> observed() {
    return Stream.of(Course.Part.values()).flatMap(part -> selection.observed(part).stream());
  }

  private static SortedSet<String> changes(Stream<Unit> units) {
    Map<String, String> known = new HashMap<>();
    SortedSet<String> changed = new TreeSet<>();
    units
        .flatMap(unit -> unit.conditions().entrySet().stream())
        .forEach(
            each -> {
              String first = known.computeIfAbsent(each.getKey(), name -> each.getValue());
              if (!first.equals(each.getValue())) {
                changed.add(each.getKey());
              }
            });
    return changed;
  }

  private void checkCoverage() {
    double first = coverage(Course.Part.BASELINE);
    double second = coverage(Course.Part.AFTER);
    if (Math.abs(second - first) > COVERAGE_CHANGE) {
      objections.add(new Objection.OtherCoverage(first, second));
    }
  }

  private double coverage(Course.Part part) {
    List<Unit> units = selection.observed(part);
    return new Ratios(
            units.stream().mapToDouble(unit -> unit.coverage() * unit.denominator()).toArray(),
            units.stream().mapToDouble(Unit::denominator).toArray())
        .ratio();
  }

  private static Ratios ratios(List<Selection.Pair> side, ToDoubleFunction<Selection.Pair> ratio) {
    return new Ratios(
        side.stream()
            .mapToDouble(pair -> ratio.applyAsDouble(pair) * pair.unit().denominator())
            .toArray(),
        side.stream().mapToDouble(pair -> pair.unit().denominator()).toArray());
  }

  private static double[] values(List<Selection.Pair> side) {
    return side.stream().mapToDouble(Selection.Pair::ratio).toArray();
  }
}
