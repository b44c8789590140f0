package fr.vigie.reason;

import fr.vigie.reason.ReasonedStop.Part;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reasons of one machine over the time that was read: what people said, and in stops that
 * nobody spoke of, what rules find. At any instant at most one reason is in force. Immutable.
 */
public final class Reasons {
  private final ReasonTree tree;
  private final ReasonJournal journal;
  private final Evidence evidence;
  private final Map<Span, Cause> found = new LinkedHashMap<>();
  private final List<ReasonedStop> stops;

  private Reasons(
      ReasonTree tree, ReasonJournal journal, List<AutomaticRule> rules, Evidence evidence) {
    this.tree = tree;
    this.journal = journal;
    this.evidence = evidence;
    find(rules);
    stops = evidence.stops().stream().map(stop -> stop(stop, journal)).toList();
  }

  /**
   * @param rules of which the first that explains a stop gives its reason
   * @throws IllegalArgumentException when a signal is not of the sort that a rule reads, or the
   *     tree has not all reasons that were given
   */
  public static Reasons of(
      ReasonTree tree, ReasonJournal journal, List<AutomaticRule> rules, Evidence evidence) {
    return new Reasons(tree, journal, rules, evidence);
  }

  /** Every stop, whole, in order of time. */
  public List<ReasonedStop> stops() {
    return stops;
  }

  /** As figures take them: in order of time, without overlap; by hand also outside stops. */
  public List<Reasoned> reasoned() {
    List<Reasoned> all = new ArrayList<>();
    for (Given part : given(evidence.span(), journal)) {
      all.add(new Reasoned(part.span(), tree.known(part.code()).reason()));
    }
    for (ReasonedStop stop : stops) {
      for (Part part : stop.parts()) {
        part.cause()
            .filter(cause -> !cause.isByHand())
            .ifPresent(cause -> all.add(new Reasoned(part.span(), cause.leaf().reason())));
      }
    }
    all.sort(Comparator.comparing(reasoned -> reasoned.span().start()));
    return List.copyOf(all);
  }

  /**
   * Every stop as it was some time after its own end, for what was said later; rules are taken to
   * have spoken at once.
   */
  public List<ReasonedStop> stopsAsOf(Duration afterTheEnd) {
    return stops.stream().map(stop -> asOf(stop, stop.span().end().plus(afterTheEnd))).toList();
  }

  private ReasonedStop asOf(ReasonedStop stop, Instant limit) {
    return changedAfter(limit, stop.span()) ? stop(stop.span(), journal.asOf(limit)) : stop;
  }

  private boolean changedAfter(Instant limit, Span stop) {
    return journal.entries().stream()
        .filter(entry -> entry.at().isAfter(limit))
        .anyMatch(entry -> entry.act().touches(entry.at()).overlap(stop).isPresent());
  }

  private void find(List<AutomaticRule> rules) {
    Map<AutomaticRule, List<Span>> stretches = new LinkedHashMap<>();
    for (AutomaticRule rule : rules) {
      Optional.ofNullable(evidence.signals().get(rule.signal()))
          .ifPresent(
              samples -> stretches.put(rule, rule.stretches(samples, evidence.span().end())));
    }
    for (Span stop : evidence.stops()) {
      List<AutomaticRule> holding = new ArrayList<>();
      stretches.forEach(
          (rule, when) -> {
            if (rule.explains(stop, when)) {
              holding.add(rule);
            }
          });
      if (!holding.isEmpty()) {
        AutomaticRule first = holding.get(0);
        List<String> others =
            holding.stream()
                .map(AutomaticRule::code)
                .filter(code -> !code.equals(first.code()))
                .distinct()
                .toList();
        found.put(stop, new Cause(tree.known(first.code()), new Cause.ByRule(first, others)));
      }
    }
  }

  private ReasonedStop stop(Span span, ReasonJournal said) {
    Optional<Cause> otherwise = Optional.ofNullable(found.get(span));
    List<Part> parts = new ArrayList<>();
    Instant at = span.start();
    for (Given part : given(span, said)) {
      addParts(new Span(at, part.span().start()), otherwise, said, parts);
      Cause cause = new Cause(tree.known(part.code()), new Cause.ByHand(part.entry()));
      addParts(part.span(), Optional.of(cause), said, parts);
      at = part.span().end();
    }
    addParts(new Span(at, span.end()), otherwise, said, parts);
    return new ReasonedStop(span, parts);
  }

  /** What people said within a span, ended where the machine ran again. */
  private List<Given> given(Span span, ReasonJournal said) {
    List<Given> ended = new ArrayList<>();
    for (Given part : said.given(span)) {
      Instant end =
          part.isOpen()
              ? evidence
                  .runsAgain()
                  .apply(part.entry().at())
                  .filter(part.span().end()::isAfter)
                  .orElse(part.span().end())
              : part.span().end();
      if (part.span().start().isBefore(end)) {
        ended.add(part.within(part.span().start(), end));
      }
    }
    return ended;
  }

  private static void addParts(
      Span span, Optional<Cause> cause, ReasonJournal said, List<Part> parts) {
    Instant at = span.start();
    for (Instant cut : said.cuts(span)) {
      parts.add(new Part(new Span(at, cut), cause));
      at = cut;
    }
    if (at.isBefore(span.end())) {
      parts.add(new Part(new Span(at, span.end()), cause));
    }
  }
}
