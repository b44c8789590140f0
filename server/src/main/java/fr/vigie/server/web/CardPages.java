package fr.vigie.server.web;

import fr.vigie.production.Figures;
import fr.vigie.production.Output;
import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Hole;
import fr.vigie.server.diagnosis.Presence;
import fr.vigie.server.diagnosis.Snapshot;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/** Writes cards of machines. Safe for use by several threads. */
@Component
final class CardPages {
  private static final int MOST_HOLES = 6;

  private final TemplateEngine templates;
  private final MessageSource messages;
  private final Plant plant;

  CardPages(TemplateEngine templates, MessageSource messages, Plant plant) {
    this.templates = templates;
    this.messages = messages;
    this.plant = plant;
  }

  /** A card as HTML. */
  String card(Snapshot snapshot, Locale locale) {
    Context context = new Context(locale);
    context.setVariable("c", view(snapshot, locale));
    return templates.process("card", Set.of("card"), context);
  }

  Wording wording(Locale locale) {
    return new Wording(messages, locale, plant.calendar().zone());
  }

  CardView view(Snapshot snapshot, Locale locale) {
    Wording words = wording(locale);
    Snapshot.Doing doing = snapshot.doing();
    Figures figures = snapshot.figures();
    Instant now = snapshot.at();
    Span shown = shown(snapshot);
    TimelineDrawing drawing = new TimelineDrawing(shown, words);
    String title =
        words.say("shift.timeline", words.clock(shown.start()), words.clock(shown.end()));
    Optional<Instant> last = newest(doing);
    return new CardView(
        snapshot.machine().name(),
        snapshot.machine().label(),
        snapshot.machine().line(),
        FiguresView.name(doing.state()),
        doing.said().map(sample -> words.say("state.said", sample.value().toString())).orElse(""),
        doing.since().toString(),
        words.clock(doing.since(), now),
        words.length(Duration.between(doing.since(), now)),
        figures.trs().map(trs -> trs(trs, words)).orElse("–"),
        figures.refusal().isPresent(),
        rates(figures.timeTree(), words),
        figures.refusal().isPresent() || figures.timeTree().isReferenceTooLong(),
        note(figures, words),
        holes(snapshot, words),
        counted(figures) ? words.number(figures.good(), 0) : "–",
        scrap(figures, words),
        figures.scrap() > 0,
        snapshot.pace().speed().isPresent()
            ? words.number(snapshot.pace().speed().getAsDouble(), 1)
            : "–",
        snapshot.pace().measured() ? "" : words.say("speed.unit"),
        reference(snapshot, words),
        shiftName(snapshot, words),
        words.say("shift.hours", words.clock(shown.start()), words.clock(shown.end())),
        title,
        spoken(title, figures, words),
        drawing.bars(figures.timeline().periods()),
        drawing.hours(),
        now.isBefore(shown.end()) ? drawing.at(now) : null,
        doing.watcher().map(Presence.Watcher::online).orElse(false),
        agent(doing, now, words),
        last.map(Instant::toString).orElse(null),
        last.map(at -> words.length(Duration.between(at, now))).orElse(""));
  }

  private static Span shown(Snapshot snapshot) {
    return snapshot
        .shift()
        .map(shift -> shift.span())
        .orElseGet(() -> new Span(snapshot.at().minus(Diagnosis.OUTSIDE_SHIFTS), snapshot.at()));
  }

  private static String shiftName(Snapshot snapshot, Wording words) {
    if (snapshot.machine().rules().calendar().isEmpty()) {
      return words.say("shift.always");
    }
    return snapshot
        .shift()
        .map(shift -> words.say("shift.now", shift.name()))
        .orElseGet(() -> words.say("shift.none"));
  }

  private static Optional<Instant> newest(Snapshot.Doing doing) {
    return Stream.concat(
            doing.lastSample().stream(),
            doing.watcher().flatMap(Presence.Watcher::seenUntil).stream())
        .max(Instant::compareTo);
  }

  private static String trs(Rate rate, Wording words) {
    OptionalDouble ratio = rate.ratio();
    return ratio.isEmpty() ? "–" : words.fixed(100 * ratio.getAsDouble(), 1);
  }

  private static List<CardView.RateBar> rates(TimeTree tree, Wording words) {
    return List.of(
        bar("do", tree.availability(), words),
        bar("tp", tree.performance(), words),
        bar("tq", tree.quality(), words));
  }

  private static CardView.RateBar bar(String key, Rate rate, Wording words) {
    double ratio = Math.max(0, rate.ratio().orElse(0));
    return new CardView.RateBar(
        key,
        words.percent(rate.ratio()),
        TimelineDrawing.percent(Math.min(1, ratio)),
        rate.isOverReference());
  }

  private static String note(Figures figures, Wording words) {
    String coverage = words.percent(figures.coverage().ratio());
    if (figures.refusal().isPresent()) {
      String key = "refused." + figures.refusal().get().name().toLowerCase(Locale.ROOT);
      return words.say(key, coverage);
    }
    return figures.timeTree().isReferenceTooLong()
        ? words.say("reference.too_long")
        : words.say("coverage", coverage);
  }

  /** The longest holes in words, and how many others there are. */
  private static List<String> holes(Snapshot snapshot, Wording words) {
    List<String> lines = new ArrayList<>();
    for (Hole hole : CoverageView.longest(snapshot.coverage(), MOST_HOLES)) {
      Span span = hole.span();
      lines.add(
          words.say(
              "hole",
              words.clock(span.start(), snapshot.at()),
              words.clock(span.end(), snapshot.at()),
              words.length(span.length()),
              words.say(
                  "hole." + hole.reason().name().toLowerCase(Locale.ROOT),
                  hole.source().equals("*") ? "" : hole.source())));
    }
    int others = snapshot.coverage().holes().size() - lines.size();
    if (others > 0) {
      lines.add(words.say("hole.others", others));
    }
    return lines;
  }

  private static boolean counted(Figures figures) {
    return figures.timeTree().output().known() != Output.Known.NOTHING;
  }

  private static String scrap(Figures figures, Wording words) {
    if (!counted(figures)) {
      return words.say("parts.unknown");
    }
    return figures.scrap() > 0
        ? words.say(
            "parts.scrap", words.number(figures.scrap(), 0), words.number(figures.parts(), 0))
        : words.say("parts.noscrap");
  }

  private static String reference(Snapshot snapshot, Wording words) {
    OptionalDouble reference = snapshot.pace().referencePerHour();
    return reference.isPresent()
        ? words.say("speed.reference", words.number(reference.getAsDouble(), 1))
        : words.say("speed.noreference");
  }

  private static String agent(Snapshot.Doing doing, Instant now, Wording words) {
    return doing
        .watcher()
        .map(
            watcher ->
                watcher.online()
                    ? words.say("agent.online", watcher.agent())
                    : words.say(
                        "agent.offline", watcher.agent(), words.clock(watcher.since(), now)))
        .orElseGet(() -> words.say("agent.none"));
  }

  private static String spoken(String title, Figures figures, Wording words) {
    return title
        + figures.timeline().times().entrySet().stream()
            .filter(entry -> !entry.getValue().isZero())
            .map(
                entry ->
                    words.say("state." + FiguresView.name(entry.getKey()))
                        + ' '
                        + words.length(entry.getValue()))
            .collect(Collectors.joining(", ", " : ", ""));
  }
}
