package fr.vigie.agent;

import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What can be told of a sensor from what was counted of it.
 *
 * @param problem why it does not run; empty while it does
 * @param openings how often its device was opened
 * @param gaps how often the device's own count jumped
 * @param missed readings between, as far as they can be counted
 */
record Checkup(DriverCounters counters, String problem, long openings, long gaps, long missed) {
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    long read = counters.read();
    long rejected = counters.rejected();
    if (!problem.isEmpty()) {
      findings.add(Finding.look(problem));
    }
    if (read > 0) {
      findings.add(
          Finding.fine(
              count(read)
                  + " lines, frames or answers came since the start, "
                  + count(counters.accepted())
                  + " values left"));
    } else if (problem.isEmpty()) {
      findings.add(
          Finding.look(
              "the device is open, and nothing came: is it switched on and sending, on the right"
                  + " line and at the right speed?"));
    }
    if (rejected > 0) {
      findings.add(
          Finding.look(
              count(rejected)
                  + " refused since the start, the last for the reasons that follow: look at cable,"
                  + " ground, speed, and whether the configuration says what the device sends"));
      counters.lastRejections().forEach(why -> findings.add(Finding.look("refused: " + why)));
    } else if (read > 0) {
      findings.add(Finding.fine("nothing was refused"));
    }
    if (counters.ignored() > 0) {
      findings.add(
          Finding.fine(
              count(counters.ignored())
                  + " values under keys that no signal asks for: passed over"));
    }
    if (gaps > 0) {
      findings.add(
          Finding.look(
              "the device's own count jumped "
                  + count(gaps)
                  + " times, over "
                  + count(missed)
                  + " readings that nobody heard: look at the cable, at noise, and at who else reads"
                  + " the port"));
    }
    if (openings > 1) {
      findings.add(
          Finding.look(
              "the device was opened "
                  + count(openings)
                  + " times since the start: a loose plug, a weak supply or a cable that is too long?"));
    }
    return findings;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
