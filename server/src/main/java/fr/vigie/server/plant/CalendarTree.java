package fr.vigie.server.plant;

import fr.vigie.production.ShiftCalendar;
import fr.vigie.production.ShiftPattern;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tree that describes a site's shifts. */
final class CalendarTree {
  private static final String DAYS = "a list of MON, TUE, WED, THU, FRI, SAT, SUN";
  private static final int MOST_SHIFTS = 50;

  private CalendarTree() {}

  /** What holds until somebody says better: three shifts a day, all week. */
  static Map<String, Object> threeShifts() {
    return Map.of(
        "zone",
        "Europe/Paris",
        "shifts",
        List.of(
            shift("Matin", "05:00", "13:00"),
            shift("Après-midi", "13:00", "21:00"),
            shift("Nuit", "21:00", "05:00")));
  }

  /**
   * @throws MistakesFound with all of them
   */
  static ShiftCalendar read(Map<?, ?> values) {
    Tree tree = Tree.of(values);
    if (!tree.has("zone")) {
      tree.wrong("zone", "a time zone such as Europe/Paris");
    }
    ZoneId zone = tree.zone("zone").orElse(ZoneId.of("UTC"));
    List<ShiftPattern> patterns = new ArrayList<>();
    List<Tree> branches = tree.branches("shifts", "a list of shifts with name, from and to");
    if (branches.size() > MOST_SHIFTS) {
      tree.wrong("shifts", "at most " + MOST_SHIFTS + " shifts");
    }
    branches.forEach(branch -> pattern(branch).ifPresent(patterns::add));
    try {
      ShiftCalendar calendar = new ShiftCalendar(zone, patterns);
      tree.check();
      return calendar;
    } catch (IllegalArgumentException e) {
      tree.wrong("shifts", "shifts of which each starts after the one before: " + e.getMessage());
      tree.check();
      throw e;
    }
  }

  private static Optional<ShiftPattern> pattern(Tree tree) {
    Optional<String> name = tree.text("name", 60);
    Optional<LocalTime> from = tree.time("from");
    Optional<LocalTime> to = tree.time("to");
    Set<DayOfWeek> days = days(tree);
    if (name.isEmpty()) {
      tree.wrong("name", "what people call the shift");
    }
    for (String key : List.of("from", "to")) {
      if (!tree.has(key)) {
        tree.wrong(key, "a time of day such as \"05:00\", in quotes");
      }
    }
    return name.isEmpty() || from.isEmpty() || to.isEmpty() || days.isEmpty()
        ? Optional.empty()
        : Optional.of(new ShiftPattern(name.get(), days, from.get(), to.get()));
  }

  private static Set<DayOfWeek> days(Tree tree) {
    if (!tree.has("days")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    List<String> texts = tree.texts("days", DAYS);
    for (String text : texts) {
      String wanted = text.toUpperCase(Locale.ROOT);
      for (DayOfWeek day : DayOfWeek.values()) {
        if (wanted.equals(day.name()) || wanted.equals(day.name().substring(0, 3))) {
          days.add(day);
        }
      }
    }
    if (days.size() != texts.size() || days.isEmpty()) {
      tree.wrong("days", DAYS + ", each once");
    }
    return days;
  }

  private static Map<String, Object> shift(String name, String from, String to) {
    return Map.of("name", name, "from", from, "to", to);
  }
}
