package fr.vigie.server.plant;

import fr.vigie.reason.Act;
import fr.vigie.reason.ReasonTree;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks to be written about reasons.
 *
 * @param why in their own words; may be empty
 */
public record Said(String who, String why, Act act) {
  static final Duration LONGEST = Duration.ofDays(31);
  private static final int LONGEST_WHO = Written.LONGEST_NAME;
  private static final int LONGEST_WHY = 500;
  private static final List<String> ACTS = List.of("give", "split", "merge", "correct", "withdraw");
  static final String A_REASON = "a code of the site's tree of reasons that is not retired";
  private static final String UNKNOWN = "nothing";

  /**
   * @param now times of spans lie at most 31 days later, other instants not at all
   * @throws MistakesFound with all of them
   */
  public static Said read(Map<?, ?> values, ReasonTree reasons, Instant now) {
    Tree tree = Tree.of(values);
    String who = tree.text("by", LONGEST_WHO).filter(Said::isReadable).orElse("");
    if (who.isEmpty()) {
      tree.wrong("by", "who says so, on one line of at most " + LONGEST_WHO + " characters");
    }
    String why = tree.text("why", LONGEST_WHY).orElse("");
    Optional<String> act = tree.text("act", 200).filter(ACTS::contains);
    if (act.isEmpty()) {
      tree.wrong("act", "one of " + String.join(", ", ACTS));
    }
    Act read =
        switch (act.orElse(UNKNOWN)) {
          case "give" ->
              tree.has("to")
                  ? new Act.Give(span(tree, now), code(tree, reasons))
                  : new Act.GiveUntilRunning(instant(tree, "from", now, now), code(tree, reasons));
          case "split" -> new Act.Split(instant(tree, "at", now, now));
          case "merge" ->
              new Act.Merge(
                  span(tree, now),
                  tree.has("reason") ? Optional.of(code(tree, reasons)) : Optional.empty());
          case "correct" -> new Act.Correct(span(tree, now), code(tree, reasons));
          case "withdraw" -> new Act.Withdraw(span(tree, now));
          default -> {
            List.of("from", "to", "at", "reason").forEach(tree::has);
            yield new Act.Split(now);
          }
        };
    tree.check();
    return new Said(who, why, read);
  }

  private static boolean isReadable(String text) {
    return !text.isBlank() && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static Span span(Tree tree, Instant now) {
    Instant latest = now.plus(LONGEST);
    Instant from = instant(tree, "from", latest, now);
    Instant to = instant(tree, "to", latest, now.plusNanos(1));
    if (!tree.isRight("from") || !tree.isRight("to")) {
      return new Span(now, now);
    }
    if (!from.isBefore(to)) {
      tree.wrong("to", "an instant after from");
      return new Span(from, from);
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      tree.wrong("to", "an instant at most " + LONGEST.toDays() + " days after from");
    }
    return new Span(from, to);
  }

  private static Instant instant(Tree tree, String key, Instant latest, Instant otherwise) {
    Optional<Instant> found = tree.instant(key);
    if (!tree.has(key)) {
      tree.wrong(key, "an instant such as 2026-11-24T05:00:00Z");
    }
    if (found.isPresent() && (found.get().isAfter(latest) || !fits(found.get()))) {
      tree.wrong(key, "an instant not after " + latest);
      return otherwise;
    }
    return found.orElse(otherwise);
  }

  private static boolean fits(Instant instant) {
    try {
      Nanos.of(instant);
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static String code(Tree tree, ReasonTree reasons) {
    Optional<String> code =
        tree.text("reason", 200)
            .filter(each -> reasons.find(each).filter(leaf -> !leaf.retired()).isPresent());
    if (code.isEmpty()) {
      tree.wrong("reason", A_REASON);
    }
    return code.orElse(UNKNOWN);
  }
}
