package fr.vigie.agent.refine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of the levels of a signal: how long it had which value, and what follows from that.
 * Its text is what the agent keeps in its data folder.
 */
public final class Lesson {
  private static final String FORM = "vigie-states 1";

  private final Loads loads;
  private final Instant from;
  private final Instant until;
  private final List<String> names;
  private final List<Double> thresholds;
  private final String refusal;

  /**
   * @param loads not changed any more
   */
  Lesson(
      Loads loads,
      Instant from,
      Instant until,
      List<String> names,
      List<Double> thresholds,
      String refusal) {
    this.loads = loads;
    this.from = from;
    this.until = until;
    this.names = List.copyOf(names);
    this.thresholds = List.copyOf(thresholds);
    this.refusal = refusal;
  }

  /** A lesson of what was seen, without a conclusion. */
  static Lesson unfinished(Loads loads, Instant from, Instant until, List<String> names) {
    return new Lesson(loads, from, until, names, List.of(), "");
  }

  /**
   * Concludes from what was seen. When it does not show as many levels as there are names, the
   * lesson has no thresholds and says why.
   *
   * @param unit of the signal, for people
   */
  static Lesson concluded(
      Loads loads, Instant from, Instant until, List<String> names, String unit) {
    if (!LearnedStates.tells(loads)) {
      return new Lesson(
          loads, from, until, names, List.of(), "the signal was at zero all the time");
    }
    LearnedStates found = new LearnedStates(loads);
    int levels = found.levels();
    if (levels < names.size()) {
      StringBuilder why = new StringBuilder("the signal shows ");
      why.append(levels == 1 ? "one level only, about" : levels + " levels, about");
      found.peaks().forEach(peak -> why.append(' ').append(Picture.number(peak)));
      why.append(unit.isEmpty() ? "" : " " + unit).append(", and the names are ").append(names);
      return new Lesson(loads, from, until, names, List.of(), why.toString());
    }
    return new Lesson(loads, from, until, names, found.thresholds(names.size()), "");
  }

  /**
   * @throws IllegalArgumentException when it is not a lesson's text
   */
  public static Lesson parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORM)) {
      throw new IllegalArgumentException("not of the form " + FORM);
    }
    Instant from = Instant.EPOCH;
    Instant until = Instant.EPOCH;
    List<String> names = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    SortedMap<Integer, Long> loads = new TreeMap<>();
    String refusal = "";
    try {
      for (String line : lines.subList(1, lines.size())) {
        String[] words = line.split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        switch (words[0]) {
          case "from" -> from = Instant.parse(rest);
          case "until" -> until = Instant.parse(rest);
          case "name" -> names.add(rest);
          case "threshold" -> thresholds.add(Double.valueOf(rest));
          case "refusal" -> refusal = rest;
          case "load" -> {
            String[] pair = rest.split(" ", 2);
            loads.put(Integer.valueOf(pair[0]), Long.valueOf(pair[1]));
          }
          default -> throw new IllegalArgumentException("an unknown line: " + line);
        }
      }
    } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a broken line", e);
    }
    return new Lesson(Loads.of(loads), from, until, names, thresholds, refusal);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(FORM).append('\n');
    text.append("from ").append(from).append("\nuntil ").append(until).append('\n');
    names.forEach(name -> text.append("name ").append(name).append('\n'));
    thresholds.forEach(threshold -> text.append("threshold ").append(threshold).append('\n'));
    if (!refusal.isEmpty()) {
      text.append("refusal ").append(refusal).append('\n');
    }
    loads.byClass().forEach((its, nanos) -> text.append("load " + its + ' ' + nanos).append('\n'));
    return text.toString();
  }

  Loads loads() {
    return loads;
  }

  /** When the first sample was seen. */
  public Instant from() {
    return from;
  }

  /** When the last sample was seen. */
  public Instant until() {
    return until;
  }

  /** The names of the levels, from the lowest. */
  public List<String> names() {
    return names;
  }

  /** Where one level ends and the next begins; empty until that is known. */
  public List<Double> thresholds() {
    return thresholds;
  }

  /** Why the levels cannot be told apart; empty when they can, or it is too early. */
  public String refusal() {
    return refusal;
  }
}
