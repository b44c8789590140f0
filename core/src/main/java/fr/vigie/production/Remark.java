package fr.vigie.production;

/** What a reader of figures has to know: what was declared or counted cannot be quite right. */
public enum Remark {
  /** More was made than the reference cycle allows: it is too long, or parts count twice. */
  REFERENCE_TOO_LONG,
  /** More parts were declared not good than were made. */
  REJECTS_ABOVE_PRODUCTION,
  /** A counter or an event counted below zero. */
  NEGATIVE_COUNT,
  /** Samples of counters were set aside, because nobody can have made so much. */
  SAMPLES_SET_ASIDE,
  /** Parts were made while the workshop was closed; they are in no rate. */
  PARTS_OUTSIDE_OPENING,
  /** An order names a product whose reference cycle is not known. */
  UNKNOWN_PRODUCT,
  /** Two orders overlap; the one that starts later holds. */
  ORDERS_OVERLAP,
  /** Two reasons overlap; the one that starts later holds. */
  REASONS_OVERLAP
}
