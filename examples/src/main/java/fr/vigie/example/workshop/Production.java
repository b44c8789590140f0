package fr.vigie.example.workshop;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The course of a machine's work, in virtual time from 0: cycles that yield parts, and stops
 * between them. Equal seeds make equal courses, however time is cut into steps. Not safe for use by
 * several threads.
 */
final class Production {
  /** What the machine is doing. */
  enum Activity {
    PRODUCING,
    HELD_UP,
    BROKEN
  }

  private final Habits habits;
  private final SplittableRandom random;
  private Duration begun = Duration.ZERO;
  private Duration end;
  private Activity activity = Activity.PRODUCING;
  private long good;
  private long bad;

  Production(Habits habits, long seed) {
    this.habits = habits;
    this.random = new SplittableRandom(seed);
    this.end = cycle();
  }

  /** Lets time pass until {@code now}; a time that has passed already changes nothing. */
  void advance(Duration now) {
    while (end.compareTo(now) <= 0) {
      begun = end;
      if (activity == Activity.PRODUCING) {
        finishPart();
        activity = next();
      } else {
        activity = Activity.PRODUCING;
      }
      end = begun.plus(length());
    }
  }

  Activity activity() {
    return activity;
  }

  /** Parts made, good and bad. */
  long parts() {
    return good + bad;
  }

  long scrap() {
    return bad;
  }

  /** How much of the cycle or stop has passed, 0 to 1. */
  double progress(Duration now) {
    double whole = end.minus(begun).toNanos();
    return Math.min(1, Math.max(0, now.minus(begun).toNanos() / whole));
  }

  private void finishPart() {
    if (random.nextDouble() < habits.scrap()) {
      bad++;
    } else {
      good++;
    }
  }

  private Activity next() {
    double chance = random.nextDouble();
    double breakdown = 1.0 / habits.breakdowns();
    if (chance < breakdown) {
      return Activity.BROKEN;
    }
    return chance < breakdown + 1.0 / habits.microStops() ? Activity.HELD_UP : Activity.PRODUCING;
  }

  private Duration length() {
    return switch (activity) {
      case PRODUCING -> cycle();
      case HELD_UP -> between(habits.microStop());
      case BROKEN -> between(habits.breakdown());
    };
  }

  private Duration cycle() {
    double spread = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
    long nanos = habits.cycle().toNanos() + (long) (2 * spread * habits.jitter().toNanos());
    return Duration.ofNanos(Math.max(1_000_000, nanos));
  }

  private Duration between(Habits.Between length) {
    long range = length.most().toNanos() - length.least().toNanos();
    return length.least().plusNanos((long) (random.nextDouble() * range));
  }
}
