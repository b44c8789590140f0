package fr.vigie.bench;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.column.Column;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.StateRule;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.ShiftTimes;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The time trees of machines, shift by shift, from the embedded store: asked for the first time,
 * and again. Beside InfluxDB and VictoriaMetrics when asked for, which are given the same states as
 * points of one a second, for they know no intervals.
 */
public final class DiagnosisBench {
  static final int MACHINES = 10;
  static final Instant START = Instant.parse("2024-12-31T23:00:00Z");
  private static final int CHANGES_A_DAY = 2_000;
  private static final long DAY = Duration.ofDays(1).toNanos();
  private static final int ROUNDS = 15;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Instant LATER = Instant.parse("2027-06-01T00:00:00Z");

  private DiagnosisBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("vigie-diagnosis-bench");
    try {
      if (arguments.length > 0 && arguments[0].equals("--peers")) {
        StatePeers.run(folder, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30);
      } else {
        years(folder, arguments.length > 0 ? Integer.parseInt(arguments[0]) : MACHINES);
      }
    } finally {
      delete(folder);
    }
  }

  private static void years(Path folder, int machines) throws IOException {
    int days = 730;
    System.out.printf(
        "%d machines, %d changes of state and as many counts a day, 3 shifts of 8 h%n",
        machines, CHANGES_A_DAY);
    long begin = System.nanoTime();
    fill(folder, machines, days);
    System.out.printf(
        "%d days stored in %.1f s, %.0f MB%n", days, seconds(begin), bytes(folder) / 1e6);
    System.out.printf(
        "%-28s %12s %12s %12s %12s %12s%n",
        "", "first ask", "of it CPU", "again", "CPU", "peak heap");
    for (int span : List.of(1, 7, 30, 90, 365, 730)) {
      ask(folder, machines, span);
    }
    for (int some : List.of(1, 3)) {
      ask(folder, some, 365);
    }
  }

  private static void ask(Path folder, int machines, int days) throws IOException {
    try (SqliteStore store = open(folder)) {
      Diagnosis diagnosis =
          new Diagnosis(store, series -> Optional.empty(), new Unwritten(), () -> LATER);
      Span span = new Span(START, START.plus(Duration.ofDays(days)));
      Runtime.getRuntime().gc();
      Peak peak = Peak.start();
      long cpu = THREADS.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      long check = trees(diagnosis, machines, span);
      double first = seconds(begin) * 1e3;
      double firstCpu = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6;
      double[] again = new double[ROUNDS];
      cpu = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < ROUNDS; i++) {
        begin = System.nanoTime();
        if (trees(diagnosis, machines, span) != check) {
          throw new IllegalStateException("other figures when asked again");
        }
        again[i] = seconds(begin) * 1e3;
      }
      double againCpu = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / ROUNDS;
      Arrays.sort(again);
      System.out.printf(
          "%-28s %9.1f ms %9.1f ms %9.1f ms %9.1f ms %9.0f MB%n",
          machines + " machines, " + days + " days",
          first,
          firstCpu,
          again[ROUNDS / 2],
          againCpu,
          peak.megabytes());
    }
  }

  /** Sum of the running time of every shift of every machine, in nanoseconds. */
  static long trees(Diagnosis diagnosis, int machines, Span span) throws IOException {
    TimeTree sum = TimeTree.NOTHING;
    for (int i = 0; i < machines; i++) {
      for (ShiftTimes shift : diagnosis.shifts(machine(i), span)) {
        sum = sum.plus(shift.times());
      }
    }
    return sum.required().running().toNanos();
  }

  static void fill(Path folder, int machines, int days) throws IOException {
    try (SqliteStore store = open(folder)) {
      for (int i = 0; i < machines; i++) {
        Random random = new Random(i);
        long parts = 0;
        for (int day = 0; day < days; day++) {
          long from = Nanos.of(START) + day * DAY;
          Column.Builder states = Column.sized(true, CHANGES_A_DAY);
          Column.Builder counts = Column.sized(false, CHANGES_A_DAY);
          for (long at : changes(random, from)) {
            states.add(at, text(random), Quality.GOOD);
            counts.add(at, ++parts, Quality.GOOD);
          }
          Machine machine = machine(i);
          store.write(
              List.of(
                  new IncomingBatch(
                      new IncomingBatch.Source("lyon", machine.name()),
                      1,
                      day + 1,
                      0,
                      List.of(
                          new IncomingBatch.Part(machine.series("state"), states.build()),
                          new IncomingBatch.Part(machine.series("parts"), counts.build())),
                      List.of())));
        }
      }
      store.seal();
      while (store.tidy()) {
        continue;
      }
    }
  }

  /** Times of changes within a day, in order, to the millisecond. */
  static long[] changes(Random random, long from) {
    return random
        .longs(CHANGES_A_DAY, 0, DAY / 1_000_000)
        .sorted()
        .map(milli -> from + milli * 1_000_000)
        .toArray();
  }

  static String text(Random random) {
    int chance = random.nextInt(10);
    return chance < 6 ? "ACTIVE" : chance < 8 ? "READY" : "FEED_HOLD";
  }

  static SqliteStore open(Path folder) throws IOException {
    return SqliteStore.open(
        folder.resolve("store"), SqliteStore.Settings.DEFAULT, InstantSource.fixed(LATER));
  }

  static Machine machine(int number) {
    return new Machine(
        "lyon",
        "machine-" + number,
        "",
        "",
        1,
        new Machine.Signals("state", Optional.of("parts"), Optional.empty(), Optional.empty()),
        RULES);
  }

  private static final MachineRules RULES =
      MachineRules.of(
              new StateRule.Texts(
                  Map.of(
                      "ACTIVE", MachineState.RUNNING,
                      "READY", MachineState.IDLE,
                      "FEED_HOLD", MachineState.STOPPED),
                  MachineState.UNOBSERVED,
                  Duration.ofSeconds(1)))
          .parts(PartsRule.Counter.plain())
          .referenceCycle(Duration.ofSeconds(30))
          .calendar(calendar())
          .build();

  private static ShiftCalendar calendar() {
    Set<DayOfWeek> always = EnumSet.allOf(DayOfWeek.class);
    return new ShiftCalendar(
        ZoneId.of("Europe/Paris"),
        List.of(
            new ShiftPattern("Matin", always, LocalTime.of(5, 0), LocalTime.of(13, 0)),
            new ShiftPattern("Après-midi", always, LocalTime.of(13, 0), LocalTime.of(21, 0)),
            new ShiftPattern("Nuit", always, LocalTime.of(21, 0), LocalTime.of(5, 0))));
  }

  static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = new ArrayList<>(files.toList());
      for (int i = all.size() - 1; i >= 0; i--) {
        Files.deleteIfExists(all.get(i));
      }
    }
  }
}
