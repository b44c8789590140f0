package fr.vigie.maturity;

/** What machines can tell of a factory's maturity. Each is a ratio from 0 to 1. */
public enum Indicator {
  /** Machines with an hour of valid data in the last 7 days, of the machines there are. */
  M1,
  /** Observed time of required time, of the median machine. */
  M2,
  /** Readings that arrive within 10 s, of all. */
  M3,
  /** Stops that a sensor saw, of all stops. */
  M4,
  /** Stops with a reason within 24 h, of the stops that wait for one. */
  M5,
  /** Lost time with a known cause, of tR less tU. */
  M6,
  /** Parts with pass or fail recorded, of the parts counted. */
  M7,
  /** Energy measured at machines, of that of the site. */
  M8,
  /** Failures foretold by more than an hour, of all failures. */
  M9,
  /** Actions with a measured before and after, of all actions. */
  M10,
  /** Signals with a unit and a meaning that other programs know, of all signals. */
  M11,
  /** Outages of the link that were buffered without loss, of all outages. */
  M12,
  /** People who look each week, of the people declared. */
  M13
}
