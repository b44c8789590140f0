package fr.vigie.production;

import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.calendar.ShiftPattern.Break;
import fr.vigie.column.Column;
import fr.vigie.reason.Reason;
import fr.vigie.reason.Reasoned;
import fr.vigie.reason.StopKind;
import fr.vigie.signal.Sample;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Two days of a machine of which everything is drawn by lot. */
public final class RandomShop {
  static final int DAY = 24 * 3600;
  static final String[] TEXTS = {"ACTIVE", "ACTIVE", "READY", "ALARM", "OFF", "UNAVAILABLE"};

  private final Random random;

  public RandomShop(Random random) {
    this.random = random;
  }

  static final ShiftCalendar CALENDAR =
      new ShiftCalendar(
          ZoneId.of("Europe/Paris"),
          List.of(
              new ShiftPattern(
                  "matin",
                  EnumSet.allOf(DayOfWeek.class),
                  LocalTime.of(5, 0),
                  LocalTime.of(13, 0),
                  List.of(new Break(LocalTime.of(9, 0), LocalTime.of(9, 20)))),
              new ShiftPattern(
                  "soir",
                  EnumSet.allOf(DayOfWeek.class),
                  LocalTime.of(13, 0),
                  LocalTime.of(21, 0))));

  public MachineRules.Builder rules() {
    return MachineRules.of(rule(1))
        .parts(PartsRule.Counter.plain())
        .scrap(new PartsRule.Events(1))
        .referenceCycle(seconds(47))
        .products(Map.of("A", Tcr.of(seconds(47)), "B", Tcr.of(seconds(13))))
        .calendar(CALENDAR);
  }

  public List<Sample> states() {
    List<Sample> samples = new ArrayList<>();
    for (double at = -600; at < 2 * DAY; ) {
      samples.add(
          random.nextInt(50) == 0
              ? Sample.missing(at(at))
              : Sample.good(at(at), TEXTS[random.nextInt(TEXTS.length)]));
      at += random.nextInt(4) == 0 ? random.nextDouble() : 300 * random.nextDouble();
    }
    return samples;
  }

  public List<Sample> parts() {
    List<Sample> samples = new ArrayList<>();
    int parts = 1000;
    for (double at = -100; at < 2 * DAY; at += 20 + random.nextInt(200)) {
      parts = random.nextInt(300) == 0 ? 0 : parts + 1;
      samples.add(Sample.good(at(at), parts));
    }
    return samples;
  }

  /** Orders, declarations and reasons; some overlap. */
  public Declared declared() {
    List<Order> orders = new ArrayList<>();
    List<Declaration> rejects = new ArrayList<>();
    List<Reasoned> reasons = new ArrayList<>();
    for (double start = 0; start < 2 * DAY; start += 1 + random.nextInt(30_000)) {
      Optional<Instant> end =
          random.nextBoolean()
              ? Optional.of(at(start + 1 + random.nextInt(30_000)))
              : Optional.empty();
      orders.add(new Order(random.nextBoolean() ? "A" : "B", at(start), end));
    }
    for (int i = 0; i < 20; i++) {
      double made = random.nextInt(2 * DAY);
      Declaration.Kind kind = Declaration.Kind.values()[random.nextInt(3)];
      rejects.add(
          new Declaration(at(made), at(made + random.nextInt(DAY)), kind, 1 + random.nextInt(3)));
    }
    for (double start = -300; start < 2 * DAY; start += random.nextInt(2000)) {
      StopKind kind = StopKind.values()[random.nextInt(StopKind.values().length)];
      Reason reason = new Reason(kind.name(), "Reason " + kind, kind);
      reasons.add(new Reasoned(span(start, start + 1 + random.nextInt(1500)), reason));
    }
    return new Declared(orders, rejects, reasons);
  }

  public Inputs inputs(List<Sample> states, List<Sample> parts, Declared declared) {
    return Inputs.until(at(2 * DAY))
        .state(Column.of(true, states))
        .parts(Column.of(false, parts))
        .scrap(Shop.numbers("7000 2, 40000 1, 100000 3"))
        .gaps(List.of(span(4000, 4100), span(61_000, 65_000)))
        .declared(declared)
        .build();
  }
}
