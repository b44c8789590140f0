package fr.vigie.reason;

import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that people ever said about the reasons of one machine, and what of it is in force: a later
 * line wins on the parts that it touches, and the rest of an earlier one stays. Immutable.
 */
public final class ReasonJournal {
  public static final ReasonJournal EMPTY = of(List.of());

  private final List<Entry> entries;
  private final NavigableMap<Instant, Given> given = new TreeMap<>();
  private final NavigableSet<Instant> cuts = new TreeSet<>();

  private ReasonJournal(List<Entry> entries) {
    this.entries = entries;
    entries.forEach(this::take);
  }

  /** In whatever order they are handed, lines take effect in the order of their numbers. */
  public static ReasonJournal of(List<Entry> entries) {
    return new ReasonJournal(
        entries.stream().sorted(Comparator.comparingLong(Entry::number)).toList());
  }

  /** Every line, in order of their numbers. */
  public List<Entry> entries() {
    return entries;
  }

  /** The journal as it was at an instant: up to the first line that was written later. */
  public ReasonJournal asOf(Instant instant) {
    return new ReasonJournal(
        entries.stream().takeWhile(entry -> !entry.at().isAfter(instant)).toList());
  }

  /** The journal as it was when a line was about to be written. */
  public ReasonJournal before(Entry line) {
    return new ReasonJournal(
        entries.stream().takeWhile(entry -> entry.number() < line.number()).toList());
  }

  /** What is in force within a span, cut at its borders, in order of time and without overlap. */
  public List<Given> given(Span span) {
    List<Given> found = new ArrayList<>();
    for (Given part : touching(span)) {
      part.span()
          .overlap(span)
          .ifPresent(common -> found.add(part.within(common.start(), common.end())));
    }
    return found;
  }

  /** Where people cut strictly inside a span, in order of time. */
  public List<Instant> cuts(Span span) {
    return List.copyOf(inside(span));
  }

  /**
   * From when on a machine must have been read so that it is known when reasons that were open
   * ended, for all of a span to be known.
   */
  public Instant neededFrom(Span span) {
    return touching(span).stream()
        .filter(Given::isOpen)
        .map(part -> part.entry().at())
        .filter(at -> at.isBefore(span.start()))
        .min(Comparator.naturalOrder())
        .orElse(span.start());
  }

  private void take(Entry entry) {
    Act act = entry.act();
    Span span = act.touches(entry.at());
    if (act instanceof Act.Split split) {
      cuts.add(split.at());
    } else if (act instanceof Act.Give give) {
      paint(span, Optional.of(new Given(span, give.code(), entry)));
    } else if (act instanceof Act.GiveUntilRunning give) {
      paint(span, Optional.of(new Given(span, give.code(), entry)));
    } else if (act instanceof Act.Merge merge) {
      if (merge.code().isPresent()) {
        paint(span, merge.code().map(code -> new Given(span, code, entry)));
      } else {
        inside(span).clear();
      }
    } else if (act instanceof Act.Correct correct) {
      List<Instant> borders = new ArrayList<>(inside(span));
      touching(span)
          .forEach(part -> borders.addAll(List.of(part.span().start(), part.span().end())));
      paint(span, Optional.of(new Given(span, correct.code(), entry)));
      cuts.addAll(borders.stream().filter(at -> isInside(at, span)).toList());
    } else if (act instanceof Act.Withdraw) {
      paint(span, Optional.empty());
    }
  }

  private void paint(Span span, Optional<Given> reason) {
    if (span.isEmpty()) {
      return;
    }
    for (Given part : touching(span)) {
      given.remove(part.span().start());
      if (part.span().start().isBefore(span.start())) {
        put(part.within(part.span().start(), span.start()));
      }
      if (part.span().end().isAfter(span.end())) {
        put(part.within(span.end(), part.span().end()));
      }
    }
    inside(span).clear();
    reason.ifPresent(this::put);
  }

  private void put(Given part) {
    given.put(part.span().start(), part);
  }

  private List<Given> touching(Span span) {
    List<Given> found = new ArrayList<>();
    Instant first = Optional.ofNullable(given.floorKey(span.start())).orElse(span.start());
    if (first.isBefore(span.end())) {
      for (Given part : given.subMap(first, span.end()).values()) {
        if (part.span().overlap(span).isPresent()) {
          found.add(part);
        }
      }
    }
    return found;
  }

  private NavigableSet<Instant> inside(Span span) {
    return cuts.subSet(span.start(), false, span.end(), false);
  }

  private static boolean isInside(Instant at, Span span) {
    return at.isAfter(span.start()) && at.isBefore(span.end());
  }
}
