package fr.vigie.server.web;

import fr.vigie.improvement.Answer;
import fr.vigie.improvement.Effect;
import fr.vigie.improvement.LeftOut;
import fr.vigie.improvement.Measure;
import fr.vigie.improvement.Objection;
import fr.vigie.production.Rate;
import fr.vigie.server.improvement.Improvements;
import fr.vigie.server.plant.Registered;
import fr.vigie.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * What an action brought.
 *
 * @param notes what to know of it as a whole, in the reader's language
 */
record EvaluationView(ActionView action, List<String> notes, List<MeasureView> measures) {

  /**
   * @param verdict null while something stands in the way of one
   * @param text the verdict in the reader's language, or what stands in its way
   * @param leftOut how many shifts or days did not count, by reason
   * @param effect null when not even an interval can be given
   */
  record MeasureView(
      String measure,
      String direction,
      @Nullable String verdict,
      List<String> text,
      int unitsBefore,
      int unitsAfter,
      Map<String, Integer> leftOut,
      @Nullable EffectView effect) {}

  /**
   * Shares are told in points (of 100) and percent of what was before.
   *
   * @param elsewherePoints what the control machine changed by, null without one
   * @param gainHoursAWeek positive when it is for the better; null for a measure that counts parts
   * @param gainPartsAWeek likewise; null for a measure that counts times
   * @param gainEurosAWeek null when nobody said what an hour is worth
   * @param chance how likely such a difference is if nothing changed, 0 to 1
   * @param smallestVisiblePoints the smallest change that would have been seen four times of five
   */
  record EffectView(
      double before,
      double after,
      @Nullable Double elsewherePoints,
      double differencePoints,
      @Nullable Double differencePercent,
      @Nullable Double gainHoursAWeek,
      @Nullable Double gainPartsAWeek,
      @Nullable Double gainEurosAWeek,
      IntervalView welch,
      IntervalView bootstrap,
      @Nullable IntervalView byOrder,
      double chance,
      double smallestVisiblePoints) {}

  record IntervalView(double lowPoints, double highPoints, double confidence) {
    static IntervalView of(Interval interval) {
      return new IntervalView(
          POINTS * interval.low(), POINTS * interval.high(), interval.confidence());
    }
  }

  private static final double POINTS = 100;

  static EvaluationView of(
      Registered registered,
      List<Improvements.Outcome> outcomes,
      MessageSource messages,
      Locale locale) {
    List<String> notes =
        registered.action().isRegisteredBeforehand()
            ? List.of()
            : List.of(messages.getMessage("action.late", new Object[0], locale));
    return new EvaluationView(
        ActionView.of(registered),
        notes,
        outcomes.stream().map(each -> measure(registered, each, messages, locale)).toList());
  }

  private static MeasureView measure(
      Registered registered, Improvements.Outcome outcome, MessageSource messages, Locale locale) {
    Measure measure = outcome.measure();
    Answer answer = outcome.answer();
    List<String> text =
        answer.verdict().isPresent()
            ? List.of(
                messages.getMessage(
                    "verdict." + ActionView.lower(answer.verdict().get()), new Object[0], locale))
            : answer.objections().stream().map(each -> text(each, messages, locale)).toList();
    return new MeasureView(
        ActionView.lower(measure),
        ActionView.lower(measure.better()),
        answer.verdict().map(ActionView::lower).orElse(null),
        text,
        answer.before(),
        answer.after(),
        leftOut(answer),
        answer.effect().map(effect -> effect(registered, outcome, effect)).orElse(null));
  }

  private static EffectView effect(
      Registered registered, Improvements.Outcome outcome, Effect effect) {
    Effect.Size size = effect.size();
    Effect.Certainty certainty = effect.certainty();
    boolean hours = outcome.counts() == Rate.Of.NANOSECONDS;
    double gain = outcome.measure().better().gain(size.aWeek());
    OptionalDouble euros = registered.eurosAnHour();
    OptionalDouble relative = size.relative();
    Optional<IntervalView> byOrder = certainty.byOrder().map(IntervalView::of);
    return new EffectView(
        size.before(),
        size.after(),
        registered.action().control().isPresent() ? POINTS * size.elsewhere() : null,
        POINTS * size.difference(),
        relative.isPresent() ? 100 * relative.getAsDouble() : null,
        hours ? gain : null,
        hours ? null : gain,
        hours && euros.isPresent() ? gain * euros.getAsDouble() : null,
        IntervalView.of(certainty.welch()),
        IntervalView.of(certainty.bootstrap()),
        byOrder.orElse(null),
        certainty.pValue(),
        POINTS * certainty.smallestVisible());
  }

  private static Map<String, Integer> leftOut(Answer answer) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Map.Entry<LeftOut, Integer> each : answer.leftOut().entrySet()) {
      counts.put(ActionView.lower(each.getKey()), each.getValue());
    }
    return counts;
  }

  private static String text(Objection objection, MessageSource messages, Locale locale) {
    if (objection instanceof Objection.TooFew few) {
      return message(messages, locale, "objection.few", few.before(), few.after(), few.wanted());
    }
    if (objection instanceof Objection.Dependent dependent) {
      return message(
          messages,
          locale,
          "objection.dependent",
          dependent.units(),
          dependent.effective(),
          dependent.correlation());
    }
    if (objection instanceof Objection.OtherConditions other) {
      return message(
          messages,
          locale,
          "objection.conditions",
          other.names().stream().collect(Collectors.joining(", ")));
    }
    if (objection instanceof Objection.OtherCoverage other) {
      return message(messages, locale, "objection.coverage", other.before(), other.after());
    }
    Objection.NotOver open = (Objection.NotOver) objection;
    return message(messages, locale, "objection.open", open.until().toString());
  }

  private static String message(
      MessageSource messages, Locale locale, String key, Object... values) {
    return messages.getMessage(key, values, locale);
  }
}
