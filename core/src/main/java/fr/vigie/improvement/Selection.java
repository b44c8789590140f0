package fr.vigie.improvement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which units of a question count, and why the others do not. */
final class Selection {
  /** A unit that counts, and that of the control machine. */
  record Pair(Unit unit, Optional<Unit> control) {
    /** Less what the control machine did in the same time. */
    double ratio() {
      return unit.ratio() - control.map(Unit::ratio).orElse(0.0);
    }
  }

  private final Course course;
  private final Question question;
  private final Map<Course.Part, List<Pair>> pairs = new EnumMap<>(Course.Part.class);
  private final Map<Course.Part, List<Unit>> observed = new EnumMap<>(Course.Part.class);
  private final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);

  Selection(Course course, Question question) {
    this.course = course;
    this.question = question;
    for (Course.Part part : Course.Part.values()) {
      pairs.put(part, new ArrayList<>());
      observed.put(part, new ArrayList<>());
    }
    question.units().forEach(this::sort);
  }

  List<Pair> pairs(Course.Part part) {
    return Optional.ofNullable(pairs.get(part)).orElseThrow();
  }

  /** The units of a part that say something, those of low coverage among them. */
  List<Unit> observed(Course.Part part) {
    return Optional.ofNullable(observed.get(part)).orElseThrow();
  }

  /** The units of the control machine that count. */
  Stream<Unit> controls() {
    return pairs.values().stream().flatMap(List::stream).flatMap(pair -> pair.control().stream());
  }

  Map<LeftOut, Integer> leftOut() {
    return leftOut;
  }

  private void sort(Unit unit) {
    Optional<Course.Part> part = course.partOf(unit.span());
    if (part.isEmpty()) {
      leave(LeftOut.OUTSIDE);
    } else if (course.excludes(unit.span())) {
      leave(LeftOut.EXCLUDED);
    } else if (unit.denominator() == 0) {
      leave(LeftOut.NOTHING_TO_MEASURE);
    } else {
      observed(part.get()).add(unit);
      pair(unit, pairs(part.get()));
    }
  }

  private void pair(Unit unit, List<Pair> into) {
    Optional<Unit> control =
        question.control().stream()
            .flatMap(List::stream)
            .filter(each -> each.span().equals(unit.span()) && counts(each))
            .findFirst();
    if (!counts(unit)) {
      leave(LeftOut.LOW_COVERAGE);
    } else if (question.control().isPresent() && control.isEmpty()) {
      leave(LeftOut.NO_CONTROL);
    } else {
      into.add(new Pair(unit, control));
    }
  }

  private boolean counts(Unit unit) {
    return unit.denominator() > 0 && unit.coverage() >= question.leastCoverage();
  }

  private void leave(LeftOut reason) {
    leftOut.merge(reason, 1, Integer::sum);
  }
}
