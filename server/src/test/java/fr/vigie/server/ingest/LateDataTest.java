package fr.vigie.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.column.Column;
import fr.vigie.production.CycleRule;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.StateRule;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.NoEntries;
import fr.vigie.server.diagnosis.Presence;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Payload;
import fr.vigie.wire.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the order in which data comes, through the whole of ingest, store and diagnosis, it ends
 * in the same figures: late by hours and over the borders of shifts, twice, before its birth, with
 * restarts of agents and of the server between, and with figures asked for before it came.
 */
class LateDataTest {
  private static final String SITE = "lyon";
  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
  private static final Duration LENGTH = Duration.ofHours(40);
  private static final Instant NOW = START.plus(LENGTH).plus(Duration.ofHours(8));
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Signal STATE = new Signal("press", "state", Kind.STATE, "");
  private static final Signal PARTS = new Signal("press", "parts", Kind.COUNTER, "1");
  private static final Signal SCRAP = new Signal("press", "scrap", Kind.EVENT, "");
  private static final Map<String, Map<String, List<Signal>>> AGENTS =
      Map.of(
          "press-board", Map.of("plc", List.of(STATE, PARTS)),
          "desk", Map.of("terminal", List.of(SCRAP)));
  private static final ShiftCalendar CALENDAR =
      new ShiftCalendar(
          ZoneId.of("Europe/Paris"),
          List.of(
              shift("Matin", "05:00", "13:00"),
              shift("Soir", "13:00", "21:00"),
              shift("Nuit", "21:00", "05:00")));
  private static final Machine PRESS =
      new Machine(
          SITE,
          "press",
          "Press",
          "",
          1,
          new Machine.Signals(
              "state", Optional.of("parts"), Optional.of("scrap"), Optional.empty()),
          MachineRules.of(
                  new StateRule.Texts(
                      Map.of("ACTIVE", MachineState.RUNNING, "READY", MachineState.IDLE),
                      MachineState.STOPPED,
                      Duration.ofSeconds(2)))
              .cycle(new CycleRule("ACTIVE", "DONE"))
              .parts(PartsRule.Counter.plain())
              .scrap(new PartsRule.Events(1))
              .referenceCycle(Duration.ofSeconds(20))
              .calendar(CALENDAR)
              .build());

  @TempDir Path folder;

  @RepeatedTest(2)
  void lateAndShuffledDataGivesTheFiguresOfDataInOrder() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Message> said = said(random);

    String inOrder;
    try (Server server = new Server("order")) {
      server.take(said);
      inOrder = server.everything();
    }
    try (Server server = new Server("shuffled")) {
      List<Message> late = late(said, random);
      for (int from = 0; from < late.size(); ) {
        int to = Math.min(late.size(), from + 1 + random.nextInt(60));
        server.take(late.subList(from, to));
        from = to;
        switch (random.nextInt(6)) {
          case 0 -> server.restart();
          case 1 -> server.store.seal();
          case 2 -> server.everything();
          case 3 -> server.diagnosis.reckon(PRESS, shifts().get(random.nextInt(4)).span());
          default -> {}
        }
      }
      server.take(said);
      assertThat(server.everything()).as("seed %d", seed).isEqualTo(inOrder);
      server.restart();
      assertThat(server.everything()).as("seed %d, restarted", seed).isEqualTo(inOrder);
    }
  }

  private record Message(String agent, Topic.Channel channel, byte[] payload) {}

  /** What two agents say in two days, in order: a few runs of each, births first. */
  private static List<Message> said(Random random) {
    List<Message> said = new ArrayList<>();
    AGENTS.forEach(
        (agent, sensors) -> {
          Birth birth = Birth.of(agent, "test", START, sensors);
          said.add(new Message(agent, Topic.Channel.BIRTH, BirthCodec.encode(birth)));
          Map<Signal, Column> columns =
              birth.signals().stream()
                  .collect(Collectors.toMap(signal -> signal, signal -> samples(signal, random)));
          Instant from = START;
          long epoch = 100;
          long sequence = 0;
          while (from.isBefore(START.plus(LENGTH))) {
            Instant to = from.plusSeconds(20 + random.nextInt(900));
            if (random.nextInt(40) == 0) {
              epoch++;
              sequence = 0;
            }
            Batch batch =
                batch(epoch, ++sequence, birth, columns, new Span(from, to), agent, random);
            Payload form = random.nextBoolean() ? Payload.COLUMNS : Payload.JSON;
            said.add(new Message(agent, Topic.Channel.DATA, BatchCodec.encode(batch, form)));
            from = to;
          }
        });
    return said;
  }

  private static Batch batch(
      long epoch,
      long sequence,
      Birth birth,
      Map<Signal, Column> columns,
      Span span,
      String agent,
      Random random) {
    List<Batch.Part> parts = new ArrayList<>();
    for (int place = 0; place < birth.signals().size(); place++) {
      Signal signal = birth.signals().get(place);
      Column.Builder part = signal.kind().isText() ? Column.texts() : Column.numbers();
      columns.getOrDefault(signal, part.build()).stream()
          .filter(sample -> span.contains(sample.time()))
          .forEach(part::add);
      if (part.size() > 0) {
        parts.add(new Batch.Part(place, part.build()));
      }
    }
    List<Loss> losses = new ArrayList<>();
    if (random.nextInt(15) == 0) {
      Loss.Reason[] reasons = Loss.Reason.values();
      String source = random.nextInt(3) == 0 ? "*" : AGENTS.get(agent).keySet().iterator().next();
      Instant at = span.start();
      losses.add(
          new Loss(
              source,
              new Span(at, at.plusSeconds(random.nextInt(1_200))),
              random.nextInt(5) - 1,
              reasons[random.nextInt(reasons.length)]));
    }
    return new Batch(epoch, sequence, 0, birth.id(), parts, losses);
  }

  /** Times grow; now and then several samples share one. */
  private static Column samples(Signal signal, Random random) {
    Column.Builder column = signal.kind().isText() ? Column.texts() : Column.numbers();
    String[] texts = {"ACTIVE", "READY", "HELD", "DONE"};
    long count = 0;
    long millis = 0;
    while (millis < LENGTH.toMillis()) {
      millis += signal == PARTS ? 1 + random.nextInt(60_000) : 1 + random.nextInt(400_000);
      long time = Nanos.of(START.plusMillis(millis));
      if (random.nextInt(50) == 0) {
        column.addMissing(time);
      } else if (signal.kind().isText()) {
        column.add(time, texts[random.nextInt(4)], quality(random));
        if (random.nextInt(10) == 0) {
          column.add(time, texts[random.nextInt(4)], quality(random));
        }
      } else {
        count = random.nextInt(200) == 0 ? 0 : count + random.nextInt(3);
        column.add(time, count, quality(random));
      }
    }
    return column.build();
  }

  private static Quality quality(Random random) {
    return random.nextInt(60) == 0 ? Quality.CLOCK_UNSYNCED : Quality.GOOD;
  }

  /** Late by seconds, by hours or by days, some twice, with nonsense between. */
  private static List<Message> late(List<Message> said, Random random) {
    Map<Double, Message> due = new TreeMap<>();
    for (int place = 0; place < said.size(); place++) {
      for (int copies = random.nextInt(8) == 0 ? 2 : 1; copies > 0; copies--) {
        double delay =
            switch (random.nextInt(10)) {
              case 0 -> random.nextDouble() * said.size();
              case 1, 2 -> random.nextDouble() * said.size() / 10;
              default -> random.nextDouble() * 3;
            };
        due.put(place + delay + random.nextDouble() / 1e6, said.get(place));
      }
      if (random.nextInt(50) == 0) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        due.put(place + random.nextDouble(), new Message("desk", Topic.Channel.DATA, noise));
      }
    }
    return List.copyOf(due.values());
  }

  private static List<Shift> shifts() {
    return CALENDAR.shifts(new Span(START, START.plus(LENGTH)));
  }

  private static ShiftPattern shift(String name, String from, String to) {
    return new ShiftPattern(
        name, EnumSet.allOf(DayOfWeek.class), LocalTime.parse(from), LocalTime.parse(to));
  }

  /** Ingest, store and diagnosis of a server that can be stopped and started. */
  private final class Server implements AutoCloseable {
    private final Path data;
    private final Inbox inbox = new Inbox(10_000, 64 << 20);
    private SqliteStore store;
    private Ingest ingest;
    private Diagnosis diagnosis;

    Server(String name) throws IOException {
      data = Files.createDirectories(folder.resolve(name));
      store = open();
      ingest = ingest();
      diagnosis = new Diagnosis(store, Server::watcher, new NoEntries(), CLOCK);
    }

    void restart() throws IOException {
      store.close();
      store = open();
      ingest = ingest();
      diagnosis = new Diagnosis(store, Server::watcher, new NoEntries(), CLOCK);
    }

    void take(List<Message> messages) throws IOException, InterruptedException {
      for (Message message : messages) {
        String topic = new Topic(SITE, message.agent(), message.channel()).toString();
        assertThat(inbox.offer(new Arrival(topic, message.payload(), 0, () -> {}))).isTrue();
      }
      while (ingest.step(Duration.ZERO)) {
        assertThat(inbox.size()).isNotNegative();
      }
    }

    /** All that can be asked, as a text that tells differences. */
    String everything() throws IOException {
      StringBuilder all = new StringBuilder();
      for (Shift shift : shifts()) {
        all.append(shift.name()).append(' ').append(shift.span()).append('\n');
        all.append(diagnosis.reckon(PRESS, shift.span()).toString().replace(", ", ",\n"));
      }
      Span whole = new Span(START, START.plus(LENGTH));
      for (Series series : PRESS.series()) {
        all.append('\n').append(series).append('\n');
        all.append(store.range(series, whole).toString().replace(", ", ",\n"));
        all.append(diagnosis.coverage(series, whole).toString().replace(", ", ",\n"));
        for (long minutes : new long[] {1, 15, 60}) {
          all.append(store.windows(series, whole, Duration.ofMinutes(minutes)));
        }
      }
      all.append('\n').append(store.missing(SITE)).append('\n');
      store.lossTotals(SITE).stream()
          .sorted(Comparator.comparing(Store.LossTotal::toString))
          .forEach(total -> all.append(total).append('\n'));
      return all.toString();
    }

    private SqliteStore open() throws IOException {
      return SqliteStore.open(
          data.resolve("store"),
          new SqliteStore.Settings(200_000, Duration.ofHours(6), 500),
          CLOCK);
    }

    private Ingest ingest() {
      Births births = new Births(data.resolve("births"));
      Progress progress = new Progress(store, store::generation);
      DeadLetters letters = new DeadLetters(data.resolve("letters"), CLOCK);
      return new Ingest(
          inbox,
          new Reader(births, CLOCK),
          store,
          progress,
          new Replies(progress, (topic, payload) -> true, () -> "id"),
          new Ledger(
              births,
              new AgentDirectory(CLOCK),
              letters,
              new IngestMeters(new SimpleMeterRegistry()),
              new Feed(List.of()),
              CLOCK));
    }

    /** Both agents are there and up to date. */
    private static Optional<Presence.Watcher> watcher(Series series) {
      String agent = series.signal().equals("scrap") ? "desk" : "press-board";
      Map<String, Set<String>> sensors =
          AGENTS.get(agent).entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      sensor ->
                          sensor.getValue().stream()
                              .map(Signal::name)
                              .collect(Collectors.toSet())));
      Set<String> signals =
          sensors.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
      return Optional.of(
          new Presence.Watcher(
              agent,
              true,
              START,
              true,
              Optional.of(NOW),
              Optional.of(NOW),
              Optional.empty(),
              signals,
              sensors));
    }

    @Override
    public void close() throws IOException {
      store.close();
    }
  }
}
