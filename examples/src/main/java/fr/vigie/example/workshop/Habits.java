package fr.vigie.example.workshop;

import java.time.Duration;

/**
 * How a machine tends to work.
 *
 * @param cycle mean time of a cycle
 * @param jitter standard deviation of a cycle's time
 * @param scrap share of parts that are bad
 * @param microStops mean number of cycles between two short stops
 * @param microStop length of a short stop
 * @param breakdowns mean number of cycles between two breakdowns
 * @param breakdown length of a breakdown
 */
record Habits(
    Duration cycle,
    Duration jitter,
    double scrap,
    int microStops,
    Between microStop,
    int breakdowns,
    Between breakdown) {
  static final Habits PRESS =
      new Habits(
          Duration.ofMillis(6_300),
          Duration.ofMillis(250),
          0.02,
          30,
          new Between(Duration.ofSeconds(10), Duration.ofSeconds(40)),
          500,
          new Between(Duration.ofMinutes(2), Duration.ofMinutes(10)));

  static final Habits FILLER =
      new Habits(
          Duration.ofMillis(2_120),
          Duration.ofMillis(60),
          0.012,
          60,
          new Between(Duration.ofSeconds(10), Duration.ofSeconds(40)),
          1_100,
          new Between(Duration.ofMinutes(2), Duration.ofMinutes(10)));

  /** A length, each between both ends as likely as any other. */
  record Between(Duration least, Duration most) {}
}
