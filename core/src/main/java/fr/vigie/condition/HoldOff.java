package fr.vigie.condition;

import fr.vigie.column.Column;
import fr.vigie.condition.Alarm.Clear;
import fr.vigie.condition.Alarm.Clearing;
import fr.vigie.condition.Alarm.Event;
import fr.vigie.condition.Alarm.Pending;
import fr.vigie.condition.Alarm.Raised;
import fr.vigie.signal.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long something must last before an alarm speaks of it. A judgement holds until the next one,
 * and events carry the instant at which the time was over, whenever the next step was taken: to ask
 * more often, with the judgement that holds, changes nothing.
 *
 * @param hold how long it must be bad without a break, to raise an alarm
 * @param release how long it must be fine without a break, to end it
 * @param quiet least time from one raise to the next; what is bad meanwhile is raised after it, if
 *     it still is
 */
public record HoldOff(Duration hold, Duration release, Duration quiet) {
  /** Speaks at once, each time. */
  public static final HoldOff NONE = new HoldOff(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public HoldOff {
    if (hold.isNegative() || release.isNegative() || quiet.isNegative()) {
      throw new IllegalArgumentException(
          "a hold-off lasts zero or more, found " + hold + ", " + release + ", " + quiet);
    }
  }

  /**
   * @param events in order of time, none after the instant of the step
   */
  public record Step(Alarm alarm, List<Event> events) {
    public Step {
      events = List.copyOf(events);
    }
  }

  /**
   * What becomes of an alarm by a judgement.
   *
   * @param at not before the instant of the step before
   * @throws IllegalArgumentException when it is before what the alarm tells of
   */
  public Step step(Alarm alarm, Instant at, Judgement judgement) {
    List<Event> events = new ArrayList<>(2);
    Alarm now = wait(hear(wait(alarm, at, events), at, judgement), at, events);
    return new Step(now, events);
  }

  /**
   * What becomes of an alarm by the samples of a signal, each of which holds until the next.
   *
   * @param until when the last one is judged again
   * @throws IllegalArgumentException when they are texts
   */
  public Step follow(List<Limit> limits, Column samples, Instant until) {
    if (!samples.readsAs(false)) {
      throw new IllegalArgumentException("a limit needs numbers, found texts");
    }
    Column sorted = samples.sorted();
    Alarm alarm = Alarm.NONE;
    List<Event> events = new ArrayList<>();
    Judgement judgement = Judgement.NEITHER;
    for (int i = 0; i < sorted.size(); i++) {
      boolean missing = sorted.quality(i) == Quality.MISSING;
      judgement = missing ? Judgement.NEITHER : judge(limits, sorted.number(i));
      Step step = step(alarm, sorted.time(i), judgement);
      alarm = step.alarm();
      events.addAll(step.events());
    }
    if (!sorted.isEmpty() && until.isAfter(sorted.time(sorted.size() - 1))) {
      Step step = step(alarm, until, judgement);
      alarm = step.alarm();
      events.addAll(step.events());
    }
    return new Step(alarm, events);
  }

  private static Judgement judge(List<Limit> limits, double value) {
    Judgement worst = Judgement.FINE;
    for (Limit limit : limits) {
      Judgement each = limit.judge(value);
      if (each == Judgement.BAD) {
        return each;
      }
      worst = each == Judgement.NEITHER ? each : worst;
    }
    return worst;
  }

  private Alarm wait(Alarm alarm, Instant until, List<Event> events) {
    if (alarm instanceof Pending pending) {
      Instant due = later(inOrder(pending.since(), until).plus(hold), pending.quietUntil());
      if (!due.isAfter(until)) {
        events.add(new Event.Raise(due, pending.since()));
        return new Raised(pending.since(), due);
      }
    } else if (alarm instanceof Clearing clearing) {
      Instant due = inOrder(clearing.fineSince(), until).plus(release);
      if (!due.isAfter(until)) {
        Instant raised = clearing.raised().raised();
        events.add(new Event.Clearance(due, raised));
        return new Clear(raised.plus(quiet));
      }
    } else if (alarm instanceof Raised raised) {
      inOrder(raised.raised(), until);
    }
    return alarm;
  }

  private static Alarm hear(Alarm alarm, Instant at, Judgement judgement) {
    if (alarm instanceof Clear clear) {
      return judgement == Judgement.BAD ? new Pending(at, clear.quietUntil()) : clear;
    }
    if (alarm instanceof Pending pending) {
      return judgement == Judgement.BAD ? pending : new Clear(pending.quietUntil());
    }
    if (alarm instanceof Clearing clearing) {
      return judgement == Judgement.FINE ? clearing : clearing.raised();
    }
    return judgement == Judgement.FINE ? new Clearing((Raised) alarm, at) : alarm;
  }

  private static Instant inOrder(Instant known, Instant at) {
    if (at.isBefore(known)) {
      throw new IllegalArgumentException(
          "judgements come in order of time, found " + at + " after " + known);
    }
    return known;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
