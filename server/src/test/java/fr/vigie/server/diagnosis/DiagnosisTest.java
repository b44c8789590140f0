package fr.vigie.server.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.production.Declaration;
import fr.vigie.production.Declared;
import fr.vigie.production.Figures;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.Refusal;
import fr.vigie.production.Rejects;
import fr.vigie.production.StateRule;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final Loss.Reason LOST = Loss.Reason.OUTBOX_FULL;
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final IncomingBatch.Source AGENT = new IncomingBatch.Source("site", "banc");
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
                      Map.of("ACTIVE", MachineState.RUNNING, "STOPPED", MachineState.STOPPED),
                      MachineState.UNOBSERVED,
                      Duration.ZERO))
              .parts(PartsRule.Counter.plain())
              .referenceCycle(Duration.ofMinutes(1))
              .build());

  private final MemoryStore store = new MemoryStore();
  private Instant now = START.plus(Duration.ofHours(1));
  private Optional<Presence.Watcher> watcher = watching(true, START, Optional.empty());
  private final NoEntries entries = new NoEntries();
  private final Diagnosis diagnosis = new Diagnosis(store, machine -> watcher, entries, () -> now);
  private long sequence;

  @Test
  void figuresAreThoseOfTheSamplesInTheStore() throws IOException {
    oneHour();

    Figures figures = diagnosis.figures(PRESS, new Span(START, now));

    assertThat(figures.timeline().time(MachineState.RUNNING)).isEqualTo(Duration.ofMinutes(45));
    assertThat(figures.parts()).isEqualTo(30);
    assertThat(figures.timeTree().availability().ratio()).hasValue(0.75);
    assertThat(figures.trs().orElseThrow().ratio()).hasValue(0.5);
  }

  @Test
  void spanThatReachesIntoTheFutureEndsNow() throws IOException {
    oneHour();

    Figures figures = diagnosis.figures(PRESS, new Span(START, now.plusSeconds(3_600)));

    assertThat(figures.span()).isEqualTo(new Span(START, now));
    assertThat(figures.coverage().ratio()).hasValue(1);
  }

  @Test
  void stateHoldsOnlyWhileTheAgentIsOnline() throws IOException {
    oneHour();
    Instant cut = now;
    now = cut.plus(Duration.ofMinutes(10));
    watcher = watching(false, cut, Optional.of(cut));

    Figures figures = diagnosis.figures(PRESS, new Span(START, now));

    assertThat(figures.timeline().time(MachineState.UNOBSERVED)).isEqualTo(Duration.ofMinutes(10));
    assertThat(figures.refusal()).contains(Refusal.LOW_COVERAGE);
  }

  @Test
  void backfillAfterACutMakesItsTimeObserved() throws IOException {
    oneHour();
    Instant cut = now;
    now = cut.plus(Duration.ofMinutes(10));
    watcher = watching(false, cut, Optional.of(cut));
    diagnosis.figures(PRESS, new Span(START, now));

    send("state", Sample.good(cut.plus(Duration.ofMinutes(2)), "STOPPED"));
    watcher = watching(true, now, Optional.of(now));

    Figures figures = diagnosis.figures(PRESS, new Span(START, now));
    assertThat(figures.timeline().time(MachineState.UNOBSERVED)).isZero();
    assertThat(figures.timeline().time(MachineState.STOPPED)).isEqualTo(Duration.ofMinutes(23));
  }

  @Test
  void nothingIsHeldBeyondTheLastSampleOfAMachineThatNobodyWatches() throws IOException {
    oneHour();
    watcher = Optional.empty();

    Figures figures = diagnosis.figures(PRESS, new Span(START, now.plusSeconds(1)));

    assertThat(figures.timeline().stateAt(now.minusSeconds(30))).isEqualTo(MachineState.UNOBSERVED);
  }

  @Test
  void declaredLossLowersTheCoverage() throws IOException {
    oneHour();
    Span lost = new Span(START.plusSeconds(600), START.plusSeconds(900));
    lose(new Loss("*", lost, -1, Loss.Reason.OUTBOX_FULL));
    lose(new Loss("other", new Span(START, now), 3, Loss.Reason.HEAD_FULL));

    Figures figures = diagnosis.figures(PRESS, new Span(START, now));

    assertThat(figures.timeline().time(MachineState.UNOBSERVED)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void spanThatIsOverIsKeptUntilLateDataTouchesIt() throws IOException {
    oneHour();
    now = START.plus(Duration.ofHours(3));
    watcher = watching(true, START, Optional.of(now));
    Span hour = new Span(START, START.plus(Duration.ofHours(1)));
    Span nextHour = new Span(hour.end(), hour.end().plus(Duration.ofHours(1)));
    Figures first = diagnosis.figures(PRESS, hour);

    assertThat(diagnosis.figures(PRESS, hour)).isSameAs(first);

    send("state", Sample.good(nextHour.end(), "STOPPED"));
    assertThat(diagnosis.figures(PRESS, hour)).isSameAs(first);

    send("state", Sample.good(START.plus(Duration.ofMinutes(30)), "STOPPED"));
    Figures late = diagnosis.figures(PRESS, hour);
    assertThat(late.timeline().time(MachineState.STOPPED)).isEqualTo(Duration.ofMinutes(45));
  }

  @Test
  void lateDataMakesTheShiftsThatItTouchesAnewAndNoOthers() throws IOException {
    Duration hours = Duration.ofHours(8);
    List<Span> shifts = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      shifts.add(
          new Span(START.plus(hours.multipliedBy(i)), START.plus(hours.multipliedBy(i + 1))));
    }
    now = START.plus(Duration.ofHours(80));
    watcher = watching(true, START, Optional.of(now));
    for (int minutes = 0; minutes < 72 * 60; minutes += 30) {
      send("state", Sample.good(START.plusSeconds(minutes * 60L), "ACTIVE"));
    }
    List<Figures> before = figures(shifts);
    assertThat(figures(shifts)).usingElementComparator(DiagnosisTest::same).isEqualTo(before);

    Instant withinThe4th = shifts.get(4).start().plus(Duration.ofHours(4));
    send("state", Sample.good(withinThe4th.plusSeconds(1), "STOPPED"));
    List<Figures> after = figures(shifts);

    for (int i = 0; i < shifts.size(); i++) {
      if (i == 4) {
        assertThat(after.get(i)).isNotEqualTo(before.get(i));
      } else {
        assertThat(after.get(i)).as("shift %d", i).isSameAs(before.get(i));
      }
    }

    lose(new Loss("*", new Span(withinThe4th, withinThe4th.plusSeconds(60)), -1, LOST));
    List<Figures> lost = figures(shifts);
    assertThat(lost.get(4)).isNotEqualTo(after.get(4));
    assertThat(lost.get(5)).isSameAs(after.get(5));

    send("state", Sample.good(shifts.get(7).start().minusSeconds(1), "STOPPED"));
    List<Figures> atTheBorder = figures(shifts);
    assertThat(atTheBorder.get(6)).isNotEqualTo(lost.get(6));
    assertThat(atTheBorder.get(7)).isEqualTo(lost.get(7));
    assertThat(atTheBorder.get(8)).isSameAs(lost.get(8));
  }

  @Test
  void snapshotHoldsTheStateThatALateSampleBeforeTheShiftGave() throws IOException {
    send("state", Sample.good(START.minus(Duration.ofHours(30)), "STOPPED"));
    assertThat(diagnosis.now(PRESS).doing().state()).isEqualTo(MachineState.STOPPED);

    send("state", Sample.good(START.minus(Duration.ofHours(20)), "ACTIVE"));

    Snapshot late = diagnosis.now(PRESS);
    assertThat(late.doing().state()).isEqualTo(MachineState.RUNNING);
    assertThat(late.figures()).isEqualTo(diagnosis.figures(PRESS, late.figures().span()));
  }

  @Test
  void whatIsDeclaredMakesFiguresAnew() throws IOException {
    oneHour();
    List<Span> over = List.of(new Span(START, START.plusSeconds(1_000)));
    List<Figures> before = figures(over);
    assertThat(figures(over)).usingElementComparator(DiagnosisTest::same).isEqualTo(before);

    entries.write(
        new Declared(
            List.of(),
            List.of(new Declaration(START.plusSeconds(60), now, Declaration.Kind.SCRAP, 2)),
            List.of()));

    assertThat(figures(over).get(0).good()).isEqualTo(before.get(0).good() - 2);
    assertThat(figures(over).get(0).counted().late()).isEqualTo(Rejects.scrap(2));
  }

  private List<Figures> figures(List<Span> spans) throws IOException {
    List<Figures> all = new ArrayList<>();
    for (Span span : spans) {
      all.add(diagnosis.figures(PRESS, span));
    }
    return all;
  }

  @SuppressWarnings("ReferenceEquality")
  private static int same(Figures one, Figures other) {
    return one == other ? 0 : 1;
  }

  @Test
  void snapshotFollowsWhatArrivesLateOrNot() throws IOException {
    oneHour();
    assertThat(diagnosis.now(PRESS).doing().state()).isEqualTo(MachineState.RUNNING);

    now = now.plusSeconds(10);
    send("state", Sample.good(now.minusSeconds(2), "STOPPED"));
    Snapshot stopped = diagnosis.now(PRESS);
    assertThat(stopped.doing().state()).isEqualTo(MachineState.STOPPED);
    assertThat(stopped.doing().since()).isEqualTo(now.minusSeconds(2));

    send("state", Sample.good(START.plusSeconds(1), "STOPPED"));
    Snapshot late = diagnosis.now(PRESS);
    assertThat(late.figures()).isEqualTo(diagnosis.figures(PRESS, late.figures().span()));
  }

  @Test
  void speedIsThatOfTheLastQuarterOfAnHour() throws IOException {
    oneHour();

    Snapshot snapshot = diagnosis.now(PRESS);

    assertThat(snapshot.pace().speed()).hasValue(32);
    assertThat(snapshot.pace().referencePerHour()).hasValue(60);
  }

  @Test
  void machineWithoutAnySampleIsNotObserved() throws IOException {
    Snapshot snapshot = diagnosis.now(PRESS);

    assertThat(snapshot.doing().state()).isEqualTo(MachineState.UNOBSERVED);
    assertThat(snapshot.figures().refusal()).contains(Refusal.LOW_COVERAGE);
  }

  @Test
  void stateThatHasOnlyBeenMissingIsNotObservedUntilItsFirstWord() throws IOException {
    send("state", Sample.missing(START.minusSeconds(10)));
    send("state", Sample.missing(START.plusSeconds(60)));

    assertThat(diagnosis.figures(PRESS, new Span(START, now)).refusal())
        .contains(Refusal.LOW_COVERAGE);
    assertThat(diagnosis.now(PRESS).doing().state()).isEqualTo(MachineState.UNOBSERVED);

    now = now.plusSeconds(10);
    send("state", Sample.good(now.minusSeconds(2), "STOPPED"));
    assertThat(diagnosis.now(PRESS).doing().state()).isEqualTo(MachineState.STOPPED);
  }

  /** Running but for a quarter from 15 to 30 minutes; a part every two minutes. */
  private void oneHour() throws IOException {
    send(
        "state",
        Sample.good(START, "ACTIVE"),
        Sample.good(START.plusSeconds(900), "STOPPED"),
        Sample.good(START.plusSeconds(1_800), "ACTIVE"));
    Sample[] parts = new Sample[31];
    for (int i = 0; i <= 30; i++) {
      parts[i] = Sample.good(START.plusSeconds(i * 119L), 100 + i);
    }
    send("parts", parts);
  }

  private void send(String signal, Sample... samples) {
    boolean text = samples[0].value() instanceof Value.Text;
    Series series = new Series("site", "press", signal);
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

  private static Optional<Presence.Watcher> watching(
      boolean online, Instant since, Optional<Instant> seenUntil) {
    return Optional.of(
        new Presence.Watcher(
            "banc",
            online,
            since,
            online,
            Optional.empty(),
            seenUntil,
            Optional.empty(),
            Set.of("state", "parts", "other"),
            Map.of()));
  }
}
