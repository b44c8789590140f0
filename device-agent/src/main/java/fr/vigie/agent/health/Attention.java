package fr.vigie.agent.health;

import fr.vigie.link.CourierStatus;
import fr.vigie.time.ClockState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What of an agent's state somebody should see to: what, since when, what to do. */
final class Attention {
  private static final Duration SKEW = Duration.ofMinutes(2);
  private static final int FULL_PERCENT = 80;

  private Attention() {}

  static List<String> of(AgentStatus status) {
    List<String> found = new ArrayList<>();
    CourierStatus courier = status.courier();
    if (!courier.connected() || !courier.problem().isEmpty()) {
      found.add(
          "no link to "
              + courier.broker()
              + since(courier.since())
              + reason(courier.problem())
              + "; readings wait on the disk");
    }
    if (!courier.storageProblem().isEmpty()) {
      found.add(courier.storageProblem() + ": see to the disk of the data folder");
    }
    Fill fill = status.fill();
    if (fill.percent() >= FULL_PERCENT) {
      OptionalLong minutes = fill.minutesLeft();
      found.add(
          "the outbox is "
              + fill.percent()
              + " % full"
              + (minutes.isPresent()
                  ? ", at this rate full in " + minutes.getAsLong() + " min"
                  : "")
              + ": restore the link, or set `outbox` to more");
    }
    clock(status.clock(), found);
    for (SensorStatus sensor : status.sensors()) {
      if (!sensor.running()) {
        found.add(sensor.sensor() + since(sensor.since()) + reason(sensor.problem()));
      }
    }
    if (!status.stuck().isEmpty()) {
      found.add(status.stuck() + ": restart the agent, and report this");
    }
    return found;
  }

  private static void clock(ClockState clock, List<String> found) {
    if (!clock.isKnown()) {
      found.add(
          "nobody knows what time it is"
              + since(clock.since())
              + ": connect the board to its server or to a time server; readings wait until then");
    }
    clock
        .server()
        .filter(off -> off.abs().compareTo(SKEW) > 0)
        .ifPresent(
            off ->
                found.add(
                    "the board's clock is "
                        + (off.isNegative() ? "ahead of" : "behind")
                        + " the server's by "
                        + off.abs().toSeconds()
                        + " s: set the one that is wrong"));
  }

  private static String since(Instant since) {
    return " since " + since;
  }

  private static String reason(String problem) {
    return problem.isEmpty() ? "" : ": " + problem;
  }
}
