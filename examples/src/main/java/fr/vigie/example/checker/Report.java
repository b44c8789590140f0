package fr.vigie.example.checker;

import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param findings by signal
 * @param excess messages that were declared lost although they are stored, by sensor
 */
public record Report(List<Finding> findings, Map<String, Long> excess) {
  public Report {
    findings = List.copyOf(findings);
    excess = Map.copyOf(excess);
  }

  /** All signals together. */
  public Finding total() {
    return findings.stream().reduce(Finding.NONE, Finding::plus);
  }

  /** Whether every value is stored once and as it was said, or declared lost, and nothing else. */
  public boolean isClean() {
    return total().isClean() && excess.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    findings.forEach(finding -> text.append(finding).append('\n'));
    text.append(total());
    excess.forEach(
        (sensor, count) ->
            text.append("\n")
                .append(sensor)
                .append(": ")
                .append(count)
                .append(" messages declared lost that are stored"));
    return text.toString();
  }
}
