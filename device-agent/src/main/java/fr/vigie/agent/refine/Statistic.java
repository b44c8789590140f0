package fr.vigie.agent.refine;

/** What a window can tell of its samples. */
public enum Statistic {
  COUNT,
  MEAN,
  MIN,
  MAX,
  /** The root of the mean of the squares. */
  RMS,
  /** The root of the mean of the squared distances from the mean. */
  DEVIATION,
  LAST
}
