package fr.vigie.bench;

import fr.vigie.column.Column;
import fr.vigie.production.Inputs;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.Production;
import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.production.StateRule;
import fr.vigie.production.TimeTree;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The time trees of ten machines over thirty days, shift by shift, from their changes of state;
 * beside a bare loop over the same intervals.
 */
public final class ProductionBench {
  private static final int MACHINES = 10;
  private static final int DAYS = 30;
  private static final int CHANGES_A_DAY = 2_000;
  private static final int ROUNDS = 31;
  private static final Instant START = Instant.parse("2026-03-01T23:00:00Z");
  private static final Span MONTH = new Span(START, START.plus(Duration.ofDays(DAYS)));
  private static final Map<String, MachineState> STATES =
      Map.of(
          "ACTIVE", MachineState.RUNNING,
          "READY", MachineState.IDLE,
          "FEED_HOLD", MachineState.STOPPED,
          "PROGRAM_COMPLETED", MachineState.IDLE);

  private ProductionBench() {}

  public static void main(String[] arguments) {
    ShiftCalendar calendar = calendar();
    List<Shift> shifts = calendar.shifts(MONTH);
    MachineRules rules =
        MachineRules.of(new StateRule.Texts(STATES, MachineState.UNOBSERVED, Duration.ofSeconds(1)))
            .parts(PartsRule.Counter.plain())
            .referenceCycle(Duration.ofSeconds(80))
            .calendar(calendar)
            .build();
    Random random = new Random(2026);
    List<Inputs> machines = new ArrayList<>();
    for (int i = 0; i < MACHINES; i++) {
      machines.add(machine(random));
    }
    List<Production> folded = machines.stream().map(in -> Production.of(rules, in)).toList();

    System.out.printf(
        "%d machines, %d days, %d changes of state, %d shifts each; median of %d%n",
        MACHINES, DAYS, MACHINES * DAYS * CHANGES_A_DAY, shifts.size(), ROUNDS);
    print(
        "a bare loop over the intervals",
        () -> machines.stream().mapToLong(ProductionBench::bare).sum());
    print(
        "samples to states, stops and counts",
        () ->
            machines.stream()
                .map(in -> Production.of(rules, in))
                .mapToLong(p -> p.hashCode())
                .sum());
    print(
        "time trees of every shift",
        () -> folded.stream().mapToLong(machine -> trees(machine, shifts)).sum());
    print(
        "all figures of every shift",
        () -> folded.stream().mapToLong(machine -> figures(machine, shifts)).sum());
    print(
        "samples to time trees of every shift",
        () -> machines.stream().mapToLong(in -> trees(Production.of(rules, in), shifts)).sum());
  }

  private static long bare(Inputs machine) {
    Column state = machine.state();
    long[] nanos = new long[2];
    for (int i = 1; i < state.size(); i++) {
      int running = state.text(i - 1).length() == 6 ? 1 : 0;
      nanos[running] += state.nanos(i) - state.nanos(i - 1);
    }
    return nanos[1];
  }

  private static long trees(Production machine, List<Shift> shifts) {
    TimeTree sum = TimeTree.NOTHING;
    for (Shift shift : shifts) {
      sum = sum.plus(machine.tree(shift.span()));
    }
    return sum.tF().toNanos();
  }

  private static long figures(Production machine, List<Shift> shifts) {
    long stops = 0;
    for (Shift shift : shifts) {
      stops += machine.figures(shift).stops().size();
    }
    return stops;
  }

  private static void print(String what, LongSupplier work) {
    double[] millis = new double[ROUNDS];
    long check = 0;
    for (int i = -ROUNDS; i < ROUNDS; i++) {
      long from = System.nanoTime();
      check += work.getAsLong();
      millis[Math.max(0, i)] = (System.nanoTime() - from) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        "%-38s %8.2f ms   (best %.2f, check %x)%n", what, millis[ROUNDS / 2], millis[0], check);
  }

  private static ShiftCalendar calendar() {
    Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    List<ShiftPattern> patterns = new ArrayList<>();
    String[] names = {"matin", "soir", "nuit"};
    for (int i = 0; i < 3; i++) {
      LocalTime start = LocalTime.of(5 + 8 * i, 0);
      LocalTime end = start.plusHours(8);
      ShiftPattern.Break pause =
          new ShiftPattern.Break(start.plusHours(4), start.plusHours(4).plusMinutes(20));
      patterns.add(new ShiftPattern(names[i], days, start, end, List.of(pause)));
    }
    return new ShiftCalendar(ZoneId.of("Europe/Paris"), patterns);
  }

  private static Inputs machine(Random random) {
    Column.Builder state = Column.texts();
    Column.Builder parts = Column.numbers();
    String[] texts = {"ACTIVE", "READY", "ACTIVE", "FEED_HOLD", "ACTIVE", "PROGRAM_COMPLETED"};
    double mean = Duration.ofDays(1).toNanos() / (double) CHANGES_A_DAY;
    double at = Nanos.of(START);
    for (int i = 0; i < DAYS * CHANGES_A_DAY; i++) {
      state.add((long) at, texts[i % texts.length], Quality.GOOD);
      if (i % texts.length == 5) {
        parts.add((long) at, i / texts.length, Quality.GOOD);
      }
      at += -Math.log(1 - random.nextDouble()) * mean;
    }
    return Inputs.until(MONTH.end()).state(state.build()).parts(parts.build()).build();
  }
}
