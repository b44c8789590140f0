package fr.vigie.server.plant;

import fr.vigie.signal.Names;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a configuration of maps, lists, texts and numbers, and gathers every mistake instead of
 * stopping at the first. After a mistake a harmless value is returned, and {@link #check()} throws
 * at the end. Not safe for use by several threads.
 */
public final class Tree {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

  /** More than anything of a workshop, and so little that no product of two leaves a double. */
  private static final double LARGEST = 1e15;

  private static final String A_DURATION = "a duration such as 500ms, 10s, 5m or 8h";
  private static final String A_NAME =
      "a name of 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit";

  private final String path;
  private final Map<?, ?> values;
  private final TreeSet<String> asked = new TreeSet<>();
  private final List<Mistake> mistakes;
  private final List<Tree> branches = new ArrayList<>();

  private Tree(String path, Map<?, ?> values, List<Mistake> mistakes) {
    this.path = path;
    this.values = values;
    this.mistakes = mistakes;
  }

  public static Tree of(Map<?, ?> values) {
    return new Tree("", values, new ArrayList<>());
  }

  /**
   * @throws MistakesFound when anything was wrong, or a key stands that nobody asked for
   */
  public void check() {
    strangers();
    if (!mistakes.isEmpty()) {
      throw new MistakesFound(mistakes);
    }
  }

  public boolean has(String key) {
    asked.add(key);
    return values.get(key) != null;
  }

  public void wrong(String key, String wanted) {
    Object found = values.get(key);
    mistakes.add(new Mistake(path + key, found == null ? "" : found.toString(), wanted));
  }

  /** The key's own key, for trees whose keys are free. */
  void wrongKey(String key, String wanted) {
    asked.add(key);
    mistakes.add(new Mistake(path + key, key, wanted));
  }

  public Collection<String> keys() {
    List<String> keys = new ArrayList<>();
    values.keySet().forEach(key -> keys.add(String.valueOf(key)));
    return keys;
  }

  /** The branch at a key; empty, with a mistake, when something else stands there. */
  public Tree branch(String key, String wanted) {
    Map<?, ?> inner = Map.of();
    if (has(key) && values.get(key) instanceof Map<?, ?> map) {
      inner = map;
    } else {
      wrong(key, wanted);
    }
    return grow(key + '.', inner);
  }

  /** The branches of a list. */
  public List<Tree> branches(String key, String wanted) {
    List<Tree> found = new ArrayList<>();
    if (has(key) && values.get(key) instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> map) {
          found.add(grow(key + '[' + i + "].", map));
        } else {
          mistakes.add(
              new Mistake(path + key + '[' + i + ']', String.valueOf(list.get(i)), wanted));
        }
      }
    } else {
      wrong(key, wanted);
    }
    return found;
  }

  /** The branches of a list that need not be there. */
  public List<Tree> branchesIfAny(String key, String wanted) {
    return has(key) ? branches(key, wanted) : List.of();
  }

  /** One of a few words, the first of them when there is none. */
  String word(String key, String otherwise, String... others) {
    List<String> words = new ArrayList<>(List.of(otherwise));
    words.addAll(List.of(others));
    String found = text(key, 200).orElse(otherwise);
    if (!words.contains(found)) {
      wrong(key, "one of " + String.join(", ", words));
      return otherwise;
    }
    return found;
  }

  boolean isList(String key) {
    return has(key) && values.get(key) instanceof List;
  }

  boolean isBranch(String key) {
    return has(key) && values.get(key) instanceof Map;
  }

  /** Whether no mistake was found at a key so far. */
  boolean isRight(String key) {
    return mistakes.stream().noneMatch(mistake -> mistake.key().equals(path + key));
  }

  public List<String> texts(String key, String wanted) {
    if (has(key) && values.get(key) instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    wrong(key, wanted);
    return List.of();
  }

  public Optional<String> text(String key, int longest) {
    if (!has(key)) {
      return Optional.empty();
    }
    Object found = Objects.requireNonNull(values.get(key));
    if (found instanceof Map || found instanceof List || found.toString().length() > longest) {
      wrong(key, "a text of at most " + longest + " characters");
      return Optional.empty();
    }
    return Optional.of(found.toString().strip());
  }

  public Optional<String> name(String key) {
    Optional<String> text = text(key, 200);
    if (text.isPresent() && !Names.isName(text.get())) {
      wrong(key, A_NAME);
      return Optional.empty();
    }
    return text;
  }

  public String wantedName(String key) {
    if (!has(key)) {
      wrong(key, A_NAME);
    }
    return name(key).orElse("none");
  }

  public Optional<Duration> duration(String key) {
    Optional<String> text = text(key, 200);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (!matcher.matches()) {
      wrong(key, A_DURATION);
      return Optional.empty();
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1))
            .multiply(
                BigDecimal.valueOf(
                    switch (matcher.group(2)) {
                      case "ms" -> 1_000_000L;
                      case "s" -> 1_000_000_000L;
                      case "m" -> 60_000_000_000L;
                      default -> 3_600_000_000_000L;
                    }));
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      wrong(key, A_DURATION);
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(nanos.longValue()));
  }

  Optional<Instant> instant(String key) {
    return parsed(key, "an instant such as 2026-11-24T05:00:00Z", Instants::parse);
  }

  Optional<LocalTime> time(String key) {
    return parsed(key, "a time of day such as \"05:00\", in quotes", LocalTime::parse);
  }

  Optional<LocalDate> date(String key) {
    return parsed(key, "a day such as \"2026-08-03\", in quotes", LocalDate::parse);
  }

  Optional<ZoneId> zone(String key) {
    return parsed(key, "a time zone such as Europe/Paris", ZoneId::of);
  }

  public OptionalDouble number(String key) {
    if (!has(key)) {
      return OptionalDouble.empty();
    }
    if (values.get(key) instanceof Number number && Math.abs(number.doubleValue()) <= LARGEST) {
      return OptionalDouble.of(number.doubleValue());
    }
    wrong(key, "a number, at most 1E15");
    return OptionalDouble.empty();
  }

  /** A whole number that has to be there. */
  OptionalLong whole(String key, long least, long most) {
    if (has(key)
        && values.get(key) instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return OptionalLong.of(number.longValue());
    }
    wrong(key, "a whole number from " + least + " to " + most);
    return OptionalLong.empty();
  }

  /** The amount of something that may have decimals, exactly as it was written. */
  Optional<BigDecimal> amount(String key, BigDecimal most) {
    OptionalDouble number = number(key);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal amount = new BigDecimal(String.valueOf(values.get(key)));
    if (amount.signum() < 0 || amount.compareTo(most) > 0) {
      wrong(key, "a number from 0 to " + most.toPlainString());
      return Optional.empty();
    }
    return Optional.of(amount);
  }

  public boolean flag(String key) {
    if (!has(key)) {
      return false;
    }
    if (values.get(key) instanceof Boolean flag) {
      return flag;
    }
    wrong(key, "true or false");
    return false;
  }

  private interface Parser<T> {
    T parse(String text);
  }

  private <T> Optional<T> parsed(String key, String wanted, Parser<T> parser) {
    Optional<String> text = text(key, 200);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(text.get()));
    } catch (DateTimeException e) {
      wrong(key, wanted);
      return Optional.empty();
    }
  }

  private Tree grow(String step, Map<?, ?> inner) {
    Tree branch = new Tree(path + step, inner, mistakes);
    branches.add(branch);
    return branch;
  }

  private void strangers() {
    for (String key : keys()) {
      if (!asked.contains(key)) {
        wrong(key, asked.isEmpty() ? "nothing" : "one of " + String.join(", ", asked));
      }
    }
    branches.forEach(Tree::strangers);
  }
}
