package fr.vigie.wire;

import fr.vigie.column.Column;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One message of each sort, the ones that the golden files pin. */
final class Messages {
  static final Instant AT = Instant.parse("2026-11-24T06:30:00.250Z");

  static final Birth BIRTH =
      new Birth(
          "press-7",
          "vigie-agent 0.1.0",
          AT,
          List.of(
              new Signal("press", "state", Kind.STATE, ""),
              new Signal("press", "parts", Kind.COUNTER, "1"),
              new Signal("press", "oil", Kind.GAUGE, "Cel"),
              new Signal("press", "force", Kind.GAUGE, "µm/m"),
              new Signal("press", "alarm", Kind.EVENT, "")));

  static final Ack ACK =
      new Ack(1_795_501_800_250L, 41, List.of(new Ack.Refusal(40, "birth unknown: 1a2b3c4d")));

  static final AgentState STATE = new AgentState(true, 1_795_501_800_250L, AT);

  static final Ack ACK_OF_STORE = new Ack(1_795_501_800_250L, 41, List.of(), "k3Zr9Qw2");

  static final AgentState STATE_ASKING =
      new AgentState(true, 1_795_501_800_250L, AT, List.of(1_795_501_800_250L, 1_245_746_008_250L));

  static final Command COMMAND = new Command("c-17", Command.BIRTH);

  private static final Quality UNSURE = Quality.UNCERTAIN;

  private Messages() {}

  /** Ten times at 10 Hz that three signals share, one signal on its own times, one loss. */
  static Batch batch() {
    Column.Builder state = Column.texts();
    Column.Builder parts = Column.numbers();
    Column.Builder oil = Column.numbers();
    Column.Builder force = Column.numbers();
    long start = Nanos.of(AT);
    for (int i = 0; i < 10; i++) {
      long time = start + i * 100_000_000L;
      state.add(time, "ACTIVE", Quality.GOOD);
      parts.add(time, 10_452 + i / 4, Quality.GOOD);
      if (i == 3) {
        oil.addMissing(time);
      } else {
        oil.add(time, (415 + i * i % 7) / 10.0, i < 5 ? Quality.GOOD : Quality.UNCERTAIN);
      }
    }
    force.add(start + 12_345_678, -0.0, Quality.CLOCK_UNSYNCED);
    force.add(start + 11_000_000, Math.PI, Quality.CLOCK_UNSYNCED);
    force.add(start + 999_999_999, 6.02e23, Quality.CLOCK_UNSYNCED);
    Column alarm = Column.texts().add(start, "Pression \"haute\"", Quality.GOOD).build();
    Span hole = new Span(AT.minusSeconds(61), AT.minusSeconds(1));
    return new Batch(
        1_795_501_800_250L,
        42,
        40,
        BIRTH.id(),
        List.of(
            new Batch.Part(0, state.build()),
            new Batch.Part(1, parts.build()),
            new Batch.Part(2, oil.build()),
            new Batch.Part(3, force.build()),
            new Batch.Part(4, alarm)),
        List.of(new Loss("*", hole, -1, Loss.Reason.UNCLEAN_STOP)));
  }

  /** Columns long and odd enough to need every shape and form of the column codec. */
  static List<Column> block() {
    Random random = new Random(42);
    List<Column> columns = new ArrayList<>();
    for (int sort = 0; sort < 8; sort++) {
      Column.Builder column = sort == 7 ? Column.texts() : Column.numbers();
      double held = 1200;
      for (int i = 0; i < 700; i++) {
        long time = Nanos.of(AT) + i * 100_000_000L + (sort < 4 ? 0 : random.nextInt(9) * 1_000L);
        held = random.nextInt(60) == 0 ? random.nextInt(3000) : held;
        switch (sort) {
          case 0 -> column.add(time, i * 3, Quality.GOOD);
          case 1 -> column.add(time, held, random.nextInt(90) == 0 ? UNSURE : Quality.GOOD);
          case 2 -> column.add(time, random.nextInt(4000) / 100.0, Quality.GOOD);
          case 3 -> column.add(time, (held += random.nextInt(7) - 3) * 0.0625, Quality.GOOD);
          case 4 -> column.add(time, (float) (random.nextInt(4000) / 100.0), Quality.GOOD);
          case 5 -> column.add(time, random.nextDouble(), Quality.GOOD);
          case 6 -> column.add(time, i % 200 == 7 ? -0.0 : i / 10, Quality.GOOD);
          default -> column.add(time, "alarm " + i / 5, Quality.GOOD);
        }
      }
      columns.add(column.build());
    }
    columns.add(Column.texts().build());
    return columns;
  }
}
