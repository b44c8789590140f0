package fr.vigie.server.plant;

import fr.vigie.calendar.DaysOff;
import fr.vigie.calendar.PublicHolidays;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.time.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
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
  private static final String A_TIME = "a time of day such as \"05:00\", in quotes";
  private static final String AN_INSTANT = "an instant such as 2026-11-24T05:00:00Z";
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

  /** Empty when shifts are wrong, which is a mistake of the tree. */
  static Optional<ShiftCalendar> read(Tree tree) {
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
    DaysOff daysOff = new DaysOff(holidays(tree), closures(tree));
    List<Span> plannedStops = plannedStops(tree);
    try {
      return Optional.of(new ShiftCalendar(zone, patterns, daysOff, plannedStops));
    } catch (IllegalArgumentException e) {
      tree.wrong("shifts", "shifts of which each starts after the one before: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<ShiftPattern> pattern(Tree tree) {
    Optional<String> name = tree.text("name", 60);
    Optional<LocalTime> from = tree.time("from");
    Optional<LocalTime> to = tree.time("to");
    Set<DayOfWeek> days = days(tree);
    List<ShiftPattern.Break> breaks = breaks(tree);
    if (name.isEmpty()) {
      tree.wrong("name", "what people call the shift");
    }
    wanted(tree, "from", A_TIME);
    wanted(tree, "to", A_TIME);
    if (name.isEmpty() || from.isEmpty() || to.isEmpty() || days.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ShiftPattern(name.get(), days, from.get(), to.get(), breaks));
    } catch (IllegalArgumentException e) {
      tree.wrong("breaks", "breaks within the shift: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static List<ShiftPattern.Break> breaks(Tree tree) {
    List<ShiftPattern.Break> breaks = new ArrayList<>();
    for (Tree pause : tree.branchesIfAny("breaks", "a list of breaks with from and to")) {
      wanted(pause, "from", A_TIME);
      wanted(pause, "to", A_TIME);
      Optional<LocalTime> from = pause.time("from");
      Optional<LocalTime> to = pause.time("to");
      if (from.isPresent() && to.isPresent()) {
        breaks.add(new ShiftPattern.Break(from.get(), to.get()));
      }
    }
    return breaks;
  }

  private static PublicHolidays holidays(Tree tree) {
    return switch (tree.word("holidays", "none", "france", "alsace-moselle")) {
      case "france" -> PublicHolidays.FRANCE;
      case "alsace-moselle" -> PublicHolidays.ALSACE_MOSELLE;
      default -> PublicHolidays.NONE;
    };
  }

  /** Days on which the workshop is closed; a closure of one day needs no {@code to}. */
  private static List<DaysOff.Closure> closures(Tree tree) {
    List<DaysOff.Closure> closures = new ArrayList<>();
    for (Tree closure : tree.branchesIfAny("closures", "a list of closures with from and to")) {
      wanted(closure, "from", "a day such as \"2026-08-03\", in quotes");
      Optional<LocalDate> first = closure.date("from");
      Optional<LocalDate> last = closure.date("to").or(() -> first);
      if (first.isPresent() && last.isPresent()) {
        if (last.get().isBefore(first.get())) {
          closure.wrong("to", "a day not before " + first.get());
        } else {
          closures.add(new DaysOff.Closure(first.get(), last.get()));
        }
      }
    }
    return closures;
  }

  private static List<Span> plannedStops(Tree tree) {
    List<Span> stops = new ArrayList<>();
    for (Tree stop : tree.branchesIfAny("planned-stops", "a list of stops with from and to")) {
      wanted(stop, "from", AN_INSTANT);
      wanted(stop, "to", AN_INSTANT);
      Optional<Instant> from = stop.instant("from");
      Optional<Instant> to = stop.instant("to");
      if (from.isPresent() && to.isPresent()) {
        if (to.get().isAfter(from.get())) {
          stops.add(new Span(from.get(), to.get()));
        } else {
          stop.wrong("to", "an instant after " + from.get());
        }
      }
    }
    return stops;
  }

  private static void wanted(Tree tree, String key, String wanted) {
    if (!tree.has(key)) {
      tree.wrong(key, wanted);
    }
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
