package fr.vigie.example.faults;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Outcome;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the command prints, for people, for machines and for the page of the guarantee. */
final class Table {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_MESSAGE = 160;

  private Table() {}

  static String sheet(Sheet sheet) {
    String needs =
        sheet.needs().stream()
            .sorted()
            .map(need -> need.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    String lacking =
        sheet.needs().stream()
            .map(Need::absent)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return String.format(
            "%-4s %-34s %-6s %-24s %s",
            sheet.id(),
            sheet.name(),
            sheet.quick() ? "quick" : "",
            needs,
            lacking.isEmpty() ? "" : "not here: " + lacking)
        .stripTrailing();
  }

  static String line(Outcome outcome) {
    Finding total = outcome.total();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-4s %-34s %-7s %3d s  produced %6d  stored %6d  missing %d  duplicated %d"
                + "  corrupted %d  declared lost %d",
            outcome.sheet().id(),
            outcome.sheet().name(),
            outcome.verdict(),
            outcome.took().toSeconds(),
            total.produced(),
            total.stored(),
            total.missing(),
            total.duplicated(),
            total.corrupted(),
            total.declared()));
    more(text, "done", outcome.done());
    more(text, "seen", shortened(outcome.message()));
    outcome.reasons().forEach(why -> more(text, "why", why));
    return text.toString();
  }

  private static void more(StringBuilder text, String label, String words) {
    if (!words.isEmpty()) {
      text.append(String.format("%n     %-5s %s", label, words));
    }
  }

  static String json(Outcome outcome) {
    Finding total = outcome.total();
    ObjectNode line = JSON.createObjectNode();
    line.put("fault", outcome.sheet().id());
    line.put("name", outcome.sheet().name());
    line.put("verdict", outcome.verdict().toString().toLowerCase(Locale.ROOT));
    line.put("seconds", outcome.took().toMillis() / 1000.0);
    line.put("done", outcome.done());
    line.put("produced", total.produced());
    line.put("stored", total.stored());
    line.put("missing", total.missing());
    line.put("duplicated", total.duplicated());
    line.put("corrupted", total.corrupted());
    line.put("declaredLost", total.declared());
    line.put("message", outcome.message());
    var reasons = line.putArray("reasons");
    outcome.reasons().forEach(reasons::add);
    return JSON.writeValueAsString(line);
  }

  static String markdown(List<Outcome> outcomes, long seed) {
    StringBuilder text = new StringBuilder();
    text.append("| fault | promise | what was done | produced | stored | missing | twice | wrong")
        .append(" | declared lost | what the user saw | verdict |\n")
        .append("|---|---|---|--:|--:|--:|--:|--:|--:|---|---|\n");
    for (Outcome outcome : outcomes) {
      Finding total = outcome.total();
      String verdict =
          outcome.verdict() == Verdict.HELD
              ? "held"
              : outcome.verdict() + ": " + String.join("; ", outcome.reasons());
      text.append(
          String.format(
              "| %s %s | %s | %s | %d | %d | %d | %d | %d | %d | %s | %s |%n",
              outcome.sheet().id(),
              cell(outcome.sheet().name()),
              cell(outcome.sheet().promise()),
              cell(outcome.done()),
              total.produced(),
              total.stored(),
              total.missing(),
              total.duplicated(),
              total.corrupted(),
              total.declared(),
              cell(shortened(outcome.message())),
              cell(verdict)));
    }
    return text.append('\n').append(summary(outcomes, seed)).toString();
  }

  static String summary(List<Outcome> outcomes, long seed) {
    Finding total = outcomes.stream().map(Outcome::total).reduce(Finding.NONE, Finding::plus);
    return String.format(
        "%d held, %d failed, %d not run; produced %d, stored %d, missing %d, duplicated %d,"
            + " corrupted %d, declared lost %d (seed %d)",
        count(outcomes, Verdict.HELD),
        count(outcomes, Verdict.FAILED),
        count(outcomes, Verdict.NOT_RUN),
        total.produced(),
        total.stored(),
        total.missing(),
        total.duplicated(),
        total.corrupted(),
        total.declared(),
        seed);
  }

  private static long count(List<Outcome> outcomes, Verdict verdict) {
    return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST_MESSAGE ? words : words.substring(0, LONGEST_MESSAGE) + "…";
  }

  private static String cell(String words) {
    return words.replace('\n', ' ').replace("|", "\\|");
  }
}
