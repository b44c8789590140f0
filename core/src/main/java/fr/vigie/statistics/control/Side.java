package fr.vigie.statistics.control;

/** To which side of its centre a process went. */
public enum Side {
  ABOVE,
  BELOW
}
