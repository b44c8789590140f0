package fr.vigie.server.web;

import fr.vigie.improvement.Answer;
import fr.vigie.improvement.Effect;
import fr.vigie.improvement.Measure;
import fr.vigie.improvement.Objection;
import fr.vigie.server.improvement.Outcome;
import fr.vigie.server.plant.Registered;
import fr.vigie.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
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
   * @param unit of all that follows down to {@code differencePercent}, and of the intervals: {@code
   *     %} for shares, so that differences are points
   * @param elsewhere what the control machine changed by, null without one
   * @param difference after less before less elsewhere
   * @param differencePercent of what was before
   * @param chance how likely such a difference is if nothing changed, 0 to 1
   * @param smallestVisible the smallest change that would have been seen in four cases of five
   */
  record EffectView(
      String unit,
      double before,
      double after,
      @Nullable Double elsewhere,
      double difference,
      @Nullable Double differencePercent,
      WeekView aWeek,
      IntervalView welch,
      IntervalView bootstrap,
      @Nullable IntervalView byOrder,
      double chance,
      double smallestVisible) {}

  /**
   * What the difference makes of a week.
   *
   * @param gain positive when it is for the better
   * @param unit {@code h}, {@code parts} or {@code kWh}
   * @param euros null when nobody said what one of these is worth
   */
  record WeekView(double gain, String unit, @Nullable Double euros) {}

  record IntervalView(double low, double high, double confidence) {
    static IntervalView of(Interval interval, double scale) {
      return new IntervalView(
          scale * interval.low(), scale * interval.high(), interval.confidence());
    }
  }

  static EvaluationView of(
      Registered registered, List<Outcome> outcomes, MessageSource messages, Locale locale) {
    List<String> notes =
        registered.action().isRegisteredBeforehand()
            ? List.of()
            : List.of(messages.getMessage("action.late", new Object[0], locale));
    boolean compared = registered.action().control().isPresent();
    return new EvaluationView(
        ActionView.of(registered),
        notes,
        outcomes.stream().map(each -> measure(each, compared, messages, locale)).toList());
  }

  private static MeasureView measure(
      Outcome outcome, boolean compared, MessageSource messages, Locale locale) {
    Measure measure = outcome.measure();
    Answer answer = outcome.answer();
    Optional<String> verdict = answer.verdict().map(ActionView::lower);
    List<String> text =
        verdict.isPresent()
            ? List.of(messages.getMessage("verdict." + verdict.get(), new Object[0], locale))
            : answer.objections().stream().map(each -> text(each, messages, locale)).toList();
    Map<String, Integer> leftOut = new TreeMap<>();
    answer.leftOut().forEach((reason, count) -> leftOut.put(ActionView.lower(reason), count));
    return new MeasureView(
        ActionView.lower(measure),
        ActionView.lower(measure.better()),
        verdict.orElse(null),
        text,
        answer.before(),
        answer.after(),
        leftOut,
        answer.effect().map(effect -> effect(outcome, effect, compared)).orElse(null));
  }

  private static EffectView effect(Outcome outcome, Effect effect, boolean compared) {
    boolean share = outcome.counts() != Outcome.Counts.KILOWATT_HOURS;
    double scale = share ? 100 : 1;
    Effect.Size size = effect.size();
    Effect.Certainty certainty = effect.certainty();
    OptionalDouble relative = size.relative();
    return new EffectView(
        share ? "%" : "kWh/part",
        scale * size.before(),
        scale * size.after(),
        compared ? scale * size.elsewhere() : null,
        scale * size.difference(),
        relative.isPresent() ? 100 * relative.getAsDouble() : null,
        week(outcome, size),
        IntervalView.of(certainty.welch(), scale),
        IntervalView.of(certainty.bootstrap(), scale),
        certainty.byOrder().map(interval -> IntervalView.of(interval, scale)).orElse(null),
        certainty.pValue(),
        scale * certainty.smallestVisible());
  }

  private static WeekView week(Outcome outcome, Effect.Size size) {
    double gain = outcome.measure().better().gain(size.aWeek());
    OptionalDouble each = outcome.eurosEach();
    String unit =
        switch (outcome.counts()) {
          case HOURS -> "h";
          case PARTS -> "parts";
          case KILOWATT_HOURS -> "kWh";
        };
    return new WeekView(gain, unit, each.isPresent() ? gain * each.getAsDouble() : null);
  }

  private static String text(Objection objection, MessageSource messages, Locale locale) {
    if (objection instanceof Objection.TooFew few) {
      Object[] values = {few.before(), few.after(), few.wanted()};
      return messages.getMessage("objection.few", values, locale);
    }
    if (objection instanceof Objection.Dependent raw) {
      Object[] values = {raw.units(), raw.effective(), raw.correlation()};
      return messages.getMessage("objection.dependent", values, locale);
    }
    if (objection instanceof Objection.OtherConditions other) {
      Object[] values = {String.join(", ", other.names())};
      return messages.getMessage("objection.conditions", values, locale);
    }
    if (objection instanceof Objection.OtherCoverage other) {
      Object[] values = {other.before(), other.after()};
      return messages.getMessage("objection.coverage", values, locale);
    }
    Object[] values = {((Objection.NotOver) objection).until().toString()};
    return messages.getMessage("objection.open", values, locale);
  }
}
