package fr.vigie.server.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.column.Column;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.StateRule;
import fr.vigie.reason.Act;
import fr.vigie.reason.AutomaticRule;
import fr.vigie.reason.Capture;
import fr.vigie.reason.Condition;
import fr.vigie.reason.ReasonedStop;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonedStopsTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");
  private static final AutomaticRule JAM =
      new AutomaticRule(
          "alarm",
          new Condition.Says(Set.of("JAM")),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          "jam");

  private final MemoryStore store = new MemoryStore();
  private final NoEntries entries = new NoEntries();
  private Instant now = START.plus(Duration.ofDays(4));
  private final Diagnosis diagnosis =
      new Diagnosis(store, series -> Optional.of(watching()), entries, () -> now);
  private long sequence;

  @Test
  void aStopThatCrossesShiftsHasItsReasonInEachWhereverTheAlarmWas() throws IOException {
    Machine press = machine(Optional.empty(), JAM);
    send("state", at(0, "ACTIVE"), at(1, "STOPPED"), at(30, "ACTIVE"));
    send("alarm", at(0, "OFF"), at(15, "JAM"), at(15.5, "OFF"));

    for (double from : List.of(0.5, 2.0, 10.0, 15.0, 20.0, 29.0)) {
      Reckoning reckoning = diagnosis.reckon(press, hours(from, from + 1));

      assertThat(told(reckoning)).as("from %s h", from).containsExactly("jam");
      assertThat(diagnosis.reckon(press, hours(from, from + 1))).isSameAs(reckoning);
    }
    assertThat(told(diagnosis.reckon(press, hours(30, 31)))).isEmpty();
    assertThat(diagnosis.reckon(press, hours(29, 31)).stops().get(0).stop().length())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aReasonFromAnAlarmIsFoundAnewWhenTheAlarmComesLate() throws IOException {
    Machine press = machine(Optional.empty(), JAM);
    send("state", at(0, "ACTIVE"), at(1, "STOPPED"), at(9, "ACTIVE"));
    assertThat(told(diagnosis.reckon(press, hours(8, 9)))).containsExactly("?");

    send("alarm", at(0.5, "OFF"), at(0.999, "JAM"), at(1.01, "OFF"));

    assertThat(told(diagnosis.reckon(press, hours(8, 9)))).containsExactly("jam");
  }

  @Test
  void anAlarmTooShortToCountAtTheEndOfAShiftMayLastBeyondIt() throws IOException {
    Machine press =
        machine(
            Optional.empty(),
            new AutomaticRule(
                "alarm",
                new Condition.Says(Set.of("JAM")),
                Duration.ofMinutes(30),
                Duration.ZERO,
                "jam"));
    send("state", at(0, "ACTIVE"), at(1.5, "STOPPED"), at(1.99, "ACTIVE"));
    send("alarm", at(0, "OFF"), at(1.98, "JAM"), at(2.6, "OFF"));

    assertThat(told(diagnosis.reckon(press, hours(1, 2)))).containsExactly("jam");
  }

  @Test
  void aReasonGivenWhileTheMachineStoodHoldsInLaterShiftsUntilItRan() throws IOException {
    Machine press = machine(Optional.empty());
    send("state", at(0, "ACTIVE"), at(1, "STOPPED"), at(20, "ACTIVE"), at(21, "STOPPED"));
    entries.say(time(2), new Act.GiveUntilRunning(time(1), "no-order"));

    assertThat(told(diagnosis.reckon(press, hours(1, 5)))).containsExactly("no-order");
    assertThat(told(diagnosis.reckon(press, hours(17, 19)))).containsExactly("no-order");
    assertThat(told(diagnosis.reckon(press, hours(21, 22)))).containsExactly("?");

    send("state", at(10, "ACTIVE"), at(10.5, "STOPPED"));

    assertThat(told(diagnosis.reckon(press, hours(1, 5)))).containsExactly("no-order");
    assertThat(told(diagnosis.reckon(press, hours(17, 19)))).containsExactly("?");
  }

  @Test
  void whatIsSaidIsSeenAtOnce() throws IOException {
    Machine press = machine(Optional.empty());
    send("state", at(0, "ACTIVE"), at(1, "STOPPED"), at(2, "ACTIVE"));
    Span shift = hours(0, 8);
    assertThat(told(diagnosis.reckon(press, shift))).containsExactly("?");

    entries.say(now, new Act.Give(hours(1, 1.5), "jam"));
    assertThat(told(diagnosis.reckon(press, shift))).containsExactly("jam", "?");
    assertThat(diagnosis.reckon(press, shift).stops().get(0).reasons().waits(Duration.ofMinutes(1)))
        .isTrue();

    entries.say(now, new Act.Give(hours(1.5, 2), "no-material"));
    assertThat(told(diagnosis.reckon(press, shift))).containsExactly("jam", "no-material");
  }

  @Test
  void aPlannedReasonLeavesRequiredTimeInEachShiftAndOnTheLiveCard() throws IOException {
    now = time(4);
    Machine press = machine(Optional.empty(), JAM);
    send("state", at(0, "ACTIVE"), at(1, "STOPPED"), at(3, "ACTIVE"));
    entries.say(now, new Act.Give(hours(1, 2.5), "planned-maintenance"));

    Reckoning first = diagnosis.reckon(press, hours(0, 2));
    Reckoning second = diagnosis.reckon(press, hours(2, 4));

    assertThat(first.figures().timeTree().tR()).isEqualTo(Duration.ofHours(1));
    assertThat(second.figures().timeTree().tR()).isEqualTo(Duration.ofMinutes(90));
    assertThat(second.figures().timeTree().required().stops()).isEqualTo(Duration.ofMinutes(30));
    assertThat(lengths(first)).containsExactly("planned-maintenance PT1H");
    assertThat(told(second)).containsExactly("planned-maintenance", "?");
    Snapshot live = diagnosis.now(press);
    assertThat(live.figures()).isEqualTo(diagnosis.figures(press, live.figures().span()));
    assertThat(live.figures().timeTree().tR())
        .isEqualTo(live.figures().span().length().minus(Duration.ofMinutes(90)));
  }

  @Test
  void stopsWithAReasonInTimeAreCounted() throws IOException {
    Machine press = machine(Optional.empty(), JAM);
    send(
        "state",
        at(0, "ACTIVE"),
        at(1, "STOPPED"),
        at(2, "ACTIVE"),
        at(3, "STOPPED"),
        at(4, "ACTIVE"),
        at(5, "STOPPED"),
        at(6, "ACTIVE"),
        at(95, "STOPPED"),
        at(96, "ACTIVE"));
    send("alarm", at(0, "OFF"), at(3, "JAM"), at(3.1, "OFF"));
    entries.say(time(25.9), new Act.Give(hours(1, 2), "no-material"));
    entries.say(time(30.1), new Act.Give(hours(5, 6), "no-material"));

    Capture capture = diagnosis.reckon(press, hours(0, 96)).capture(press, now);

    assertThat(capture).isEqualTo(new Capture(1, 1, 1, 1));
  }

  @Test
  void aStopOverTheBorderOfShiftsOfALongDayCountsInEach() throws IOException {
    now = Instant.parse("2026-10-27T00:00:00Z");
    ShiftCalendar calendar = threeShifts();
    Machine press = machine(Optional.of(calendar));
    LocalDate longDay = LocalDate.of(2026, 10, 25);
    Instant midnight = longDay.atStartOfDay(PARIS).toInstant();
    Instant stop = Instant.parse("2026-10-25T00:30:00Z"); // 02:30, and it is 02:30 again in an hour
    send(
        "state",
        Sample.good(midnight.minusSeconds(36_000), "ACTIVE"),
        Sample.good(stop, "STOPPED"),
        Sample.good(stop.plusSeconds(3_600), "ACTIVE"),
        Sample.good(stop.plusSeconds(3 * 3_600), "STOPPED"),
        Sample.good(stop.plusSeconds(4 * 3_600), "ACTIVE"));
    entries.say(now, new Act.Give(new Span(stop, stop.plusSeconds(3_600)), "jam"));
    entries.say(
        now,
        new Act.Give(
            new Span(stop.plusSeconds(3 * 3_600), stop.plusSeconds(4 * 3_600)), "no-material"));
    Span day = new Span(midnight, longDay.plusDays(1).atStartOfDay(PARIS).toInstant());
    Shift night = calendar.shiftAt(stop).orElseThrow();
    Shift morning = calendar.shiftAt(night.span().end()).orElseThrow();

    Reckoning nights = diagnosis.reckon(press, night.span());
    Reckoning mornings = diagnosis.reckon(press, morning.span());

    assertThat(day.length()).isEqualTo(Duration.ofHours(25));
    assertThat(night.span().length()).isEqualTo(Duration.ofHours(9));
    assertThat(told(diagnosis.reckon(press, day))).containsExactly("jam", "no-material");
    assertThat(lengths(nights)).containsExactly("jam PT1H", "no-material PT30M");
    assertThat(lengths(mornings)).containsExactly("no-material PT30M");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theOrderInWhichSamplesAndWordsComeDoesNotMatter(long seed) throws IOException {
    Machine press = machine(Optional.empty(), JAM);
    Random random = new Random(seed);
    List<Sample> states = new ArrayList<>();
    List<Sample> alarms = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      states.add(at(i + random.nextInt(50) / 100.0, i % 2 == 0 ? "ACTIVE" : "STOPPED"));
      alarms.add(at(i + random.nextInt(90) / 100.0, random.nextBoolean() ? "JAM" : "OFF"));
    }
    List<Act> acts =
        List.of(
            new Act.Give(hours(3, 8), "no-material"),
            new Act.Split(time(7.8)),
            new Act.GiveUntilRunning(time(11), "no-operator"),
            new Act.Withdraw(hours(5, 6)));
    ReasonedStopsTest inOrder = new ReasonedStopsTest();
    states.forEach(sample -> inOrder.send("state", sample));
    alarms.forEach(sample -> inOrder.send("alarm", sample));
    acts.forEach(act -> inOrder.entries.say(time(11.2), act));

    List<Runnable> events = new ArrayList<>();
    states.forEach(sample -> events.add(() -> send("state", sample)));
    alarms.forEach(sample -> events.add(() -> send("alarm", sample)));
    Collections.shuffle(events, random);
    int words = random.nextInt(events.size());
    events.add(words, () -> acts.forEach(act -> entries.say(time(11.2), act)));
    for (Runnable event : events) {
      event.run();
      if (random.nextInt(4) == 0) {
        double from = random.nextInt(32);
        diagnosis.reckon(press, hours(from, from + 8));
      }
    }

    for (int from = 0; from < 40; from += 8) {
      Span shift = hours(from, from + 8);
      assertThat(diagnosis.reckon(press, shift).stops())
          .as("shift from %d h", from)
          .isEqualTo(inOrder.diagnosis.reckon(press, shift).stops());
    }
    assertThat(told(diagnosis.reckon(press, hours(0, 40)))).contains("?", "no-material", "jam");
  }

  private static List<String> told(Reckoning reckoning) {
    return parts(reckoning).stream()
        .map(part -> part.cause().map(cause -> cause.leaf().code()).orElse("?"))
        .toList();
  }

  private static List<String> lengths(Reckoning reckoning) {
    return parts(reckoning).stream()
        .map(
            part ->
                part.cause().orElseThrow().leaf().code() + " " + part.span().length().toString())
        .toList();
  }

  private static List<ReasonedStop.Part> parts(Reckoning reckoning) {
    return reckoning.stops().stream()
        .flatMap(stop -> stop.reasons().within(stop.stop().span()).stream())
        .flatMap(stop -> stop.parts().stream())
        .toList();
  }

  private static Instant time(double hour) {
    return START.plusNanos(Math.round(hour * 3_600e9));
  }

  private static Span hours(double from, double to) {
    return new Span(time(from), time(to));
  }

  private static Sample at(double hour, String text) {
    return Sample.good(time(hour), text);
  }

  private static ShiftCalendar threeShifts() {
    Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    return new ShiftCalendar(
        PARIS,
        List.of(
            new ShiftPattern("matin", days, LocalTime.of(5, 0), LocalTime.of(13, 0)),
            new ShiftPattern("soir", days, LocalTime.of(13, 0), LocalTime.of(21, 0)),
            new ShiftPattern("nuit", days, LocalTime.of(21, 0), LocalTime.of(5, 0))));
  }

  private static Machine machine(Optional<ShiftCalendar> calendar, AutomaticRule... rules) {
    MachineRules.Builder builder =
        MachineRules.of(
                new StateRule.Texts(
                    Map.of("ACTIVE", MachineState.RUNNING, "STOPPED", MachineState.STOPPED),
                    MachineState.UNOBSERVED,
                    Duration.ZERO))
            .reasons(List.of(rules));
    calendar.ifPresent(builder::calendar);
    return new Machine(
        "site",
        "press",
        "Press",
        "",
        1,
        new Machine.Signals("state", Optional.empty(), Optional.empty(), Optional.empty()),
        builder.build());
  }

  private void send(String signal, Sample... samples) {
    boolean text = samples[0].value() instanceof Value.Text;
    Series series = new Series("site", "press", signal);
    store.write(
        List.of(
            new IncomingBatch(
                new IncomingBatch.Source("site", "banc"),
                1,
                ++sequence,
                0,
                List.of(new IncomingBatch.Part(series, Column.of(text, List.of(samples)))),
                List.of())));
  }

  private Presence.Watcher watching() {
    return new Presence.Watcher(
        "banc",
        true,
        START,
        true,
        Optional.empty(),
        Optional.of(now),
        Optional.empty(),
        Set.of("state", "alarm"),
        Map.of());
  }
}
