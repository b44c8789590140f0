package fr.vigie.server.web;

import fr.vigie.condition.Alarm;
import fr.vigie.condition.Alarm.Event;
import fr.vigie.condition.Drift;
import fr.vigie.condition.Limit;
import fr.vigie.condition.Trend;
import fr.vigie.condition.Usual;
import fr.vigie.condition.VibrationScale;
import fr.vigie.condition.VibrationScale.Zone;
import fr.vigie.server.diagnosis.WatchedReckoning;
import fr.vigie.server.plant.Instruments.Vibration;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.statistics.Band;
import fr.vigie.statistics.Interval;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What signals say of a machine's condition; values in the unit of their signal. */
record ConditionView(String machine, Instant from, Instant to, List<SignalView> signals) {
  /**
   * @param value the last one, null when there is none
   * @param vibration null when the signal is no velocity of vibration
   * @param drift null when none is looked for
   * @param trend null with too few means
   */
  record SignalView(
      String signal,
      String label,
      @Nullable Instant time,
      @Nullable Double value,
      @Nullable VibrationView vibration,
      AlarmView alarm,
      @Nullable DriftView drift,
      @Nullable TrendView trend) {}

  /**
   * Velocities in mm/s RMS.
   *
   * @param scale the standard, by its name
   * @param withdrawn whether the standard is no longer in force
   * @param sensedHertz what the sensor hears
   * @param scaleHertz what the standard speaks of
   * @param indicative whether the sensor hears less than that, so that the zone is no zone of the
   *     standard
   * @param alarm null without a usual velocity
   * @param changed whether the change from the usual velocity is significant; null without one
   */
  record VibrationView(
      String scale,
      boolean withdrawn,
      String sensedHertz,
      String scaleHertz,
      boolean indicative,
      @Nullable String zone,
      double endOfZoneA,
      double endOfZoneB,
      double endOfZoneC,
      @Nullable Double usual,
      @Nullable Double alarm,
      double trip,
      @Nullable Boolean changed) {
    static VibrationView of(Vibration vibration, OptionalDouble value) {
      VibrationScale scale = vibration.scale();
      OptionalDouble usual = vibration.usual();
      boolean comparable = usual.isPresent() && value.isPresent();
      return new VibrationView(
          scale.title(),
          scale.isWithdrawn(),
          vibration.sensed().toString(),
          Band.BROAD.toString(),
          !scale.isCoveredBy(vibration.sensed()),
          value.isPresent() ? scale.zone(value.getAsDouble()).map(Zone::name).orElse(null) : null,
          scale.upperEnd(Zone.A),
          scale.upperEnd(Zone.B),
          scale.upperEnd(Zone.C),
          EnergyView.number(usual),
          usual.isPresent() ? scale.alarm(usual.getAsDouble()) : null,
          scale.trip(),
          comparable ? scale.isSignificant(usual.getAsDouble(), value.getAsDouble()) : null);
    }
  }

  record EventView(Instant at, String event, Instant since) {
    static EventView of(Event event) {
      return event instanceof Event.Raise raise
          ? new EventView(raise.at(), "raised", raise.since())
          : new EventView(event.at(), "cleared", ((Event.Clearance) event).raised());
    }
  }

  /**
   * @param state clear, pending, raised or clearing
   */
  record AlarmView(String state, List<EventView> events) {
    static AlarmView of(Alarm alarm, List<Event> events) {
      return new AlarmView(
          alarm.getClass().getSimpleName().toLowerCase(Locale.ROOT),
          events.stream().map(EventView::of).toList());
    }
  }

  /**
   * @param learned whether there was enough to learn from
   * @param correlation how many blocks tell as much as one that depends on no other
   * @param levelNow the usual level, which follows slowly
   */
  record DriftView(
      boolean learned,
      @Nullable Double level,
      @Nullable Double spread,
      @Nullable Double correlation,
      @Nullable Double levelNow,
      AlarmView alarm) {
    static DriftView of(Drift drift) {
      Optional<Usual> usual = drift.usual();
      return new DriftView(
          usual.isPresent(),
          usual.map(Usual::level).orElse(null),
          usual.map(Usual::spread).orElse(null),
          usual.map(Usual::correlation).orElse(null),
          usual.isPresent() ? drift.level() : null,
          AlarmView.of(drift.alarm(), drift.events()));
    }
  }

  /**
   * @param perDayLow where the slope lies at 95 %, to {@code perDayHigh}
   * @param flat whether the slope is not to be told from none
   * @param means how many it goes through
   */
  record TrendView(
      double perDay,
      double perDayLow,
      double perDayHigh,
      boolean flat,
      int means,
      List<ReachView> limits) {}

  /**
   * When a limit will be reached; null when not before the horizon.
   *
   * @param earliest at 95 %
   * @param latest at 95 %
   */
  record ReachView(
      String side,
      double limit,
      @Nullable Instant reached,
      @Nullable Instant earliest,
      @Nullable Instant latest,
      Instant horizon) {}

  static ConditionView of(String machine, Span span, List<WatchedReckoning> reckonings) {
    return new ConditionView(
        machine, span.start(), span.end(), reckonings.stream().map(ConditionView::signal).toList());
  }

  private static SignalView signal(WatchedReckoning reckoning) {
    OptionalDouble value =
        reckoning.last().map(ConditionView::number).orElse(OptionalDouble.empty());
    return new SignalView(
        reckoning.watched().signal(),
        reckoning.watched().label(),
        reckoning.last().map(Sample::time).orElse(null),
        EnergyView.number(value),
        reckoning.watched().vibration().map(it -> VibrationView.of(it, value)).orElse(null),
        AlarmView.of(reckoning.alarm().alarm(), reckoning.alarm().events()),
        reckoning.drift().map(DriftView::of).orElse(null),
        reckoning.trend().map(trend -> trend(trend, reckoning)).orElse(null));
  }

  private static TrendView trend(Trend trend, WatchedReckoning reckoning) {
    Interval slope = trend.aDay(Interval.USUAL);
    List<ReachView> reaches = new ArrayList<>();
    for (Limit limit : limits(reckoning)) {
      Trend.Reach reach = trend.reach(limit, Interval.USUAL);
      reaches.add(
          new ReachView(
              limit.side().name().toLowerCase(Locale.ROOT),
              limit.limit(),
              reach.line().orElse(null),
              reach.earliest().orElse(null),
              reach.latest().orElse(null),
              reach.horizon()));
    }
    return new TrendView(
        trend.aDay(),
        slope.low(),
        slope.high(),
        trend.isFlat(Interval.USUAL),
        reckoning.means().size(),
        reaches);
  }

  /** Its own limits, and the ends of zones B and C. */
  private static List<Limit> limits(WatchedReckoning reckoning) {
    List<Limit> limits = new ArrayList<>(reckoning.watched().limits());
    reckoning
        .watched()
        .vibration()
        .ifPresent(
            vibration -> {
              for (Zone zone : List.of(Zone.B, Zone.C)) {
                double end = vibration.scale().upperEnd(zone);
                limits.add(Limit.above(end, end));
              }
            });
    return limits;
  }

  private static OptionalDouble number(Sample sample) {
    return sample.value() instanceof Value.Number number
        ? OptionalDouble.of(number.number())
        : OptionalDouble.empty();
  }
}
