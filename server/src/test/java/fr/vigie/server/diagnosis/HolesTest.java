package fr.vigie.server.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.StateRule;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HolesTest {
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final Span HOUR = new Span(START, START.plus(Duration.ofHours(1)));
  private static final IncomingBatch.Source AGENT = new IncomingBatch.Source("site", "banc");
  private static final Series STATE = new Series("site", "press", "state");
  private static final Series HEAT = new Series("site", "press", "heat");
  private static final Machine PRESS =
      new Machine(
          "site",
          "press",
          "Press",
          "",
          1,
          new Machine.Signals("state", Optional.of("parts"), Optional.empty(), Optional.empty()),
          MachineRules.of(
                  new StateRule.Texts(
                      Map.of("ACTIVE", MachineState.RUNNING, "DARK", MachineState.UNOBSERVED),
                      MachineState.STOPPED,
                      Duration.ZERO))
              .parts(PartsRule.Counter.plain())
              .build());

  private final MemoryStore store = new MemoryStore();
  private Instant now = HOUR.end();
  private Optional<Presence.Watcher> watcher = watching(true);
  private final Diagnosis diagnosis =
      new Diagnosis(store, series -> watcher, new NoEntries(), () -> now);
  private long sequence;

  @Test
  void anOutageLowersTheCoverageOfItsOwnSignalsAlone() throws IOException {
    samples();
    lose(new Loss("oven", minutes(10, 20), -1, Loss.Reason.DEVICE_BACK));

    assertThat(diagnosis.coverage(HEAT, HOUR).holes())
        .containsExactly(hole(10, 20, HoleReason.DEVICE_OFFLINE, "oven"));
    assertThat(diagnosis.coverage(STATE, HOUR).holes()).isEmpty();
    assertThat(diagnosis.reckon(PRESS, HOUR).coverage().holes()).isEmpty();
  }

  @Test
  void aLossOfASensorThatNobodyKnowsConcernsEverySignal() throws IOException {
    samples();
    lose(new Loss("former", minutes(10, 20), 7, Loss.Reason.DEVICE_GAP));

    assertThat(diagnosis.coverage(HEAT, HOUR).holes())
        .containsExactly(
            new Hole(minutes(10, 20), HoleReason.DEVICE_GAP, OptionalLong.of(7), "former"));
    assertThat(diagnosis.coverage(STATE, HOUR).observed()).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void aDeviceThatIsAwayStaysAwayUntilTheNextWordOfIt() throws IOException {
    send(STATE, Sample.good(START, "ACTIVE"));
    lose(new Loss("plc", minutes(30, 31), -1, Loss.Reason.DEVICE_OFFLINE));
    assertThat(holes()).containsExactly(hole(30, 60, HoleReason.DEVICE_OFFLINE, "plc"));

    lose(new Loss("plc", minutes(31, 33), -1, Loss.Reason.DEVICE_OFFLINE));
    lose(new Loss("plc", minutes(33, 40), -1, Loss.Reason.DEVICE_BACK));
    assertThat(diagnosis.coverage(STATE, HOUR).observed()).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void aDeviceThatWasAwayWhenItsAgentWasCutIsBackAfterIt() throws IOException {
    send(STATE, Sample.good(START, "ACTIVE"));
    lose(new Loss("plc", minutes(10, 12), -1, Loss.Reason.DEVICE_OFFLINE));
    lose(new Loss("*", minutes(11, 20), -1, Loss.Reason.UNCLEAN_STOP));

    assertThat(diagnosis.coverage(STATE, HOUR).hidden()).containsExactly(minutes(10, 20));
  }

  @Test
  void aDeviceThatSpeaksIsNotAway() throws IOException {
    send(STATE, Sample.good(START, "ACTIVE"));
    lose(new Loss("plc", minutes(30, 31), -1, Loss.Reason.DEVICE_OFFLINE));
    send(STATE, Sample.good(START.plusSeconds(35 * 60), "ACTIVE"));

    assertThat(holes()).containsExactly(hole(30, 31, HoleReason.DEVICE_OFFLINE, "plc"));
  }

  @Test
  void batchesThatHaveNotComeAreAHoleUntilTheyCome() throws IOException {
    send(STATE, Sample.good(START, "ACTIVE"));
    sequence++;
    send(STATE, Sample.good(START.plusSeconds(300), "STOPPED"));
    assertThat(holes()).containsExactly(hole(0, 5, HoleReason.BATCHES_MISSING, "banc"));
    assertThat(diagnosis.figures(PRESS, HOUR).timeline().time(MachineState.UNOBSERVED))
        .isEqualTo(Duration.ofMinutes(5));

    sequence = 1;
    send(STATE, Sample.good(START.plusSeconds(120), "STOPPED"));
    assertThat(holes()).isEmpty();
    assertThat(diagnosis.figures(PRESS, HOUR).timeline().time(MachineState.RUNNING))
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void timeOfAClockThatWasNotRightIsNotObserved() throws IOException {
    send(
        STATE,
        Sample.good(START, "ACTIVE"),
        unsure(START.plusSeconds(600), "STOPPED"),
        unsure(START.plusSeconds(700), "ACTIVE"),
        Sample.good(START.plusSeconds(900), "ACTIVE"));

    assertThat(holes()).containsExactly(hole(10, 15, HoleReason.CLOCK_UNSYNCED, "state"));
    Reckoning reckoning = diagnosis.reckon(PRESS, HOUR);
    assertThat(reckoning.coverage().holes()).isEqualTo(holes());
    assertThat(reckoning.figures().timeline().time(MachineState.UNOBSERVED))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whatTheMachineDoesNotSayIsAHoleToo() throws IOException {
    send(
        STATE,
        Sample.good(START.plusSeconds(60), "ACTIVE"),
        Sample.missing(START.plusSeconds(600)),
        Sample.good(START.plusSeconds(720), "DARK"),
        Sample.good(START.plusSeconds(780), "ACTIVE"));

    assertThat(holes())
        .containsExactly(
            hole(0, 1, HoleReason.NO_VALUE, "state"), hole(10, 12, HoleReason.NO_VALUE, "state"));
    assertThat(diagnosis.reckon(PRESS, HOUR).coverage().hidden())
        .containsExactly(minutes(0, 1), minutes(10, 13));
  }

  @Test
  void whatWasDroppedOnPurposeIsToldApart() throws IOException {
    samples();
    store.dropBefore(START.plusSeconds(1_200));

    Coverage coverage = diagnosis.coverage(STATE, HOUR);
    assertThat(coverage.holes())
        .containsExactly(
            hole(0, 20, HoleReason.RETENTION, "state"), hole(20, 50, HoleReason.NO_VALUE, "state"));
    assertThat(coverage.droppedOnPurpose()).isEqualTo(Duration.ofMinutes(20));
    assertThat(diagnosis.reckon(PRESS, HOUR).coverage().droppedOnPurpose())
        .isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void damagedSamplesAreAHole() throws IOException {
    samples();
    Store.DamagedSamples damaged = new Store.DamagedSamples(STATE, minutes(10, 20), 12);
    store.damage(damaged);

    assertThat(holes())
        .containsExactly(
            new Hole(minutes(10, 20), HoleReason.STORE_DAMAGED, OptionalLong.of(12), "state"));
    assertThat(diagnosis.coverage(HEAT, HOUR).holes()).isEmpty();
  }

  @Test
  void whatTheStoresRepairDeclaredIsAHoleOfItsOwnSignal() throws IOException {
    samples();
    Loss loss = new Loss("press/state", minutes(10, 20), 12, Loss.Reason.STORE_DAMAGED);
    IncomingBatch.Source store = new IncomingBatch.Source("site", "*");
    this.store.write(List.of(new IncomingBatch(store, 1, 1, 0, List.of(), List.of(loss))));

    assertThat(diagnosis.coverage(STATE, HOUR).observed()).isEqualTo(Duration.ofMinutes(50));
    assertThat(diagnosis.coverage(HEAT, HOUR).holes()).isEmpty();
  }

  @Test
  void whatABacklogHasStillToTellIsAHole() throws IOException {
    samples();
    watcher = watching(true, Optional.of(minutes(10, 20)));

    assertThat(holes()).containsExactly(hole(10, 20, HoleReason.BATCHES_MISSING, "banc"));
  }

  @Test
  void anAbsentAgentIsAHoleUpToNow() throws IOException {
    send(STATE, Sample.good(START, "ACTIVE"), Sample.good(START.plusSeconds(1_200), "ACTIVE"));
    watcher = watching(false);

    assertThat(holes()).containsExactly(hole(20, 60, HoleReason.AGENT_ABSENT, "banc"));
  }

  @Test
  void holesExplainExactlyWhatTheFiguresDidNotObserve() throws IOException {
    samples();
    send(STATE, Sample.missing(START.plusSeconds(2_000)), unsure(START.plusSeconds(2_100), "A"));
    lose(new Loss("plc", minutes(5, 12), -1, Loss.Reason.DEVICE_BACK));
    lose(new Loss("*", minutes(10, 15), -1, Loss.Reason.AGENT_STOPPED));
    lose(new Loss("parts", minutes(40, 41), 3, Loss.Reason.DEVICE_GAP));

    Reckoning reckoning = diagnosis.reckon(PRESS, HOUR);

    Duration unobserved = reckoning.figures().timeline().time(MachineState.UNOBSERVED);
    assertThat(unobserved).isPositive();
    assertThat(reckoning.coverage().observed()).isEqualTo(HOUR.length().minus(unobserved));
    assertThat(reckoning.coverage().rate().ratio())
        .isEqualTo(reckoning.figures().coverage().ratio());
    assertThat(diagnosis.now(PRESS).coverage().hidden())
        .filteredOn(span -> !span.start().isBefore(START))
        .isEqualTo(reckoning.coverage().hidden());
  }

  private List<Hole> holes() throws IOException {
    return diagnosis.coverage(STATE, HOUR).holes();
  }

  private void samples() {
    send(STATE, Sample.good(START, "ACTIVE"), Sample.good(START.plusSeconds(3_000), "STOPPED"));
    send(HEAT, Sample.good(START, 20), Sample.good(START.plusSeconds(3_000), 30));
  }

  private static Sample unsure(Instant time, String text) {
    return new Sample(time, Value.of(text), Quality.CLOCK_UNSYNCED);
  }

  private static Hole hole(int from, int to, HoleReason reason, String source) {
    return new Hole(minutes(from, to), reason, source);
  }

  private static Span minutes(int from, int to) {
    return new Span(START.plusSeconds(from * 60L), START.plusSeconds(to * 60L));
  }

  private void send(Series series, Sample... samples) {
    boolean text = series.equals(STATE);
    store.write(
        List.of(
            new IncomingBatch(
                AGENT,
                1,
                ++sequence,
                0,
                List.of(new IncomingBatch.Part(series, Column.of(text, List.of(samples)))),
                List.of())));
  }

  private void lose(Loss loss) {
    store.write(List.of(new IncomingBatch(AGENT, 1, ++sequence, 0, List.of(), List.of(loss))));
  }

  private static Optional<Presence.Watcher> watching(boolean current) {
    return watching(current, Optional.empty());
  }

  private static Optional<Presence.Watcher> watching(boolean current, Optional<Span> behind) {
    return Optional.of(
        new Presence.Watcher(
            "banc",
            current,
            START,
            current,
            Optional.empty(),
            Optional.empty(),
            behind,
            Set.of("state", "parts", "heat"),
            Map.of("plc", Set.of("state", "parts"), "oven", Set.of("heat"))));
  }
}
