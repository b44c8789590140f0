package fr.vigie.example.trial;

import fr.vigie.example.checker.Checker;
import fr.vigie.example.checker.Hole;
import fr.vigie.example.checker.Report;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.ledger.Entry;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lays what a server stores, and what was declared lost to it, beside what machines said.
 *
 * @param absences when the agent did not run, the latest first
 */
record Examination(RestApi api, List<Span> absences) {
  /** A device says a value a little earlier than the agent hears it. */
  private static final Duration HEARD_LATER = Duration.ofSeconds(1);

  /** How long an agent takes, after its start, to read what waited on the lines. */
  private static final Duration CATCH_UP = Duration.ofSeconds(4);

  /**
   * @param declarations of which span count
   */
  Report check(List<Entry> produced, List<String> machines, Span declarations)
      throws IOException, InterruptedException {
    Map<String, List<Sample>> stored = new LinkedHashMap<>();
    for (String machine : machines) {
      for (String signal : api.signals(machine)) {
        stored.put(machine + '/' + signal, api.samples(machine, signal));
      }
    }
    List<RestApi.Loss> losses = api.losses(declarations.start(), declarations.end());
    return Checker.check(produced, stored, counted(losses), holes(losses));
  }

  /** Messages that were declared lost, by sensor; only numbers that the agent knows. */
  private static Map<String, Long> counted(List<RestApi.Loss> losses) {
    Map<String, Long> counted = new TreeMap<>();
    for (RestApi.Loss loss : losses) {
      if (!isHole(loss) && loss.count() > 0) {
        counted.merge(loss.source(), loss.count(), Long::sum);
      }
    }
    return counted;
  }

  private List<Hole> holes(List<RestApi.Loss> losses) {
    return losses.stream()
        .filter(Examination::isHole)
        .map(loss -> new Hole(loss.source(), saidFrom(loss.from()), loss.to()))
        .toList();
  }

  private static boolean isHole(RestApi.Loss loss) {
    return loss.count() < 0 || loss.source().equals("*");
  }

  /** What waited on a line while the agent did not run was said long before it was heard. */
  private Instant saidFrom(Instant heard) {
    Instant said = heard.minus(HEARD_LATER);
    for (Span away : absences) {
      boolean waited = said.isAfter(away.start()) && said.isBefore(away.end().plus(CATCH_UP));
      said = waited ? away.start() : said;
    }
    return said;
  }
}
