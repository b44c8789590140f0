package fr.vigie.server.explain;

import java.util.List;

/**
 * One figure of the catalogue.
 *
 * @param name as in an address
 * @param formula in the terms of its source
 * @param source the standard that defines it; empty for what is measured or set
 * @param inputs names of other entries, in the order that the operation takes them
 * @param evidence where to look at what it was measured from
 */
record Entry(
    String name,
    String formula,
    String source,
    Operation operation,
    List<String> inputs,
    List<Evidence> evidence,
    Value value) {

  /** What can be looked at behind a figure. */
  enum Evidence {
    /** Samples of the state signal, and the periods made of them. */
    STATE,
    /** Samples of the parts signal. */
    PARTS,
    /** Samples of the scrap signal. */
    SCRAP,
    /** Stops and micro-stops. */
    STOPS,
    /** Shifts, breaks and closures. */
    CALENDAR,
    /** What people wrote down: orders, declarations, reasons. */
    ENTRIES,
    /** What somebody set for the machine. */
    DESCRIPTION
  }
}
