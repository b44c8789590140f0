package fr.vigie.example.stage;

import fr.vigie.example.checker.Finding;
import java.time.Duration;
import java.util.List;

/**
 * What became of one fault.
 *
 * @param done what was done
 * @param total what became of all values; zeros when none was produced
 * @param message what the user saw
 * @param reasons why it failed or was not run; empty when it held
 */
public record Outcome(
    Sheet sheet,
    Verdict verdict,
    String done,
    Finding total,
    String message,
    List<String> reasons,
    Duration took) {
  public Outcome {
    reasons = List.copyOf(reasons);
  }
}
