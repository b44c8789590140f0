package fr.vigie.server.alert;

import fr.vigie.condition.HoldOff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What somebody asked to be told of.
 *
 * @param name unique on a server
 * @param subjects names of machines or agents; none for all
 * @param duringShifts whether it is asked in required time only
 * @param lasting how long the condition must hold, and not hold to be over; its quiet time is that
 *     from one alert to the next
 * @param to names of recipients
 * @param since when the rule was made as it is: what was over before is none of its business
 */
record Rule(
    String name,
    List<String> subjects,
    Condition condition,
    boolean duringShifts,
    HoldOff lasting,
    Severity severity,
    List<String> to,
    Instant since) {
  Rule {
    subjects = List.copyOf(subjects);
    to = List.copyOf(to);
  }

  enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean concerns(String subject) {
    return subjects.isEmpty() || subjects.contains(subject);
  }

  /** Its times without the quiet one, which is kept between alerts and not between turns. */
  HoldOff holding() {
    return new HoldOff(lasting.hold(), lasting.release(), Duration.ZERO);
  }
}
