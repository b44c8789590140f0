package fr.vigie.example.checker;

import fr.vigie.example.ledger.Entry;
import fr.vigie.signal.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The invariant of FAULTS.md, P7: every value that a device said is stored exactly once, as it was
 * said and in its order, or its loss is declared.
 *
 * <p>Where the device tells the time, values are matched by it. Where it does not, the order of
 * what is stored is laid beside the order of what was said, with as few differences as possible.
 * Every message of a simulated device carries every signal of it, so that the number of messages
 * that a sensor's agent declared lost is the number of values that may be missing from each.
 */
public final class Checker {
  private record Judged(String sensor, String signal, Matching matching) {}

  private Checker() {}

  /**
   * @param produced in the order in which each device said it
   * @param stored by {@code machine/signal}, in the store's order; a signal that is absent is empty
   * @param declared messages declared lost, by sensor
   */
  public static Report check(
      List<Entry> produced, Map<String, List<Sample>> stored, Map<String, Long> declared) {
    return check(produced, stored, declared, List.of());
  }

  /**
   * The same, where what was said within a hole may be missing too. Which of many equal values are
   * missing cannot be told; the signal of a device whose values differ most tells it for all.
   */
  public static Report check(
      List<Entry> produced,
      Map<String, List<Sample>> stored,
      Map<String, Long> declared,
      List<Hole> holes) {
    Map<String, List<Entry>> bySignal =
        produced.stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.machine() + '/' + entry.signal(),
                    TreeMap::new,
                    Collectors.toList()));
    List<Finding> findings = new ArrayList<>();
    Map<String, Long> absent = new TreeMap<>();
    Map<String, Long> within = new TreeMap<>();
    List<Judged> judged = new ArrayList<>();
    bySignal.forEach(
        (signal, entries) -> {
          String sensor = entries.get(0).sensor();
          Matching matching = Matching.of(entries, stored.getOrDefault(signal, List.of()));
          long inHoles =
              matching.absent().stream()
                  .filter(at -> holes.stream().anyMatch(hole -> hole.holds(sensor, at)))
                  .count();
          absent.merge(sensor, (long) matching.absent().size(), Math::max);
          within.merge(sensor, inHoles, Math::max);
          judged.add(new Judged(sensor, signal, matching));
        });
    for (Judged one : judged) {
      long allowed = declared.getOrDefault(one.sensor, 0L) + within.getOrDefault(one.sensor, 0L);
      long missing = Math.max(0, one.matching.absent().size() - allowed);
      findings.add(one.matching.finding(one.signal, missing));
    }
    stored.forEach(
        (signal, samples) -> {
          if (!bySignal.containsKey(signal) && !samples.isEmpty()) {
            findings.add(Matching.of(List.of(), samples).finding(signal, 0));
          }
        });
    Map<String, Long> excess = new TreeMap<>();
    declared.forEach(
        (sensor, count) -> {
          long more = count - absent.getOrDefault(sensor, 0L);
          if (more > 0) {
            excess.put(sensor, more);
          }
        });
    return new Report(findings, excess);
  }
}
