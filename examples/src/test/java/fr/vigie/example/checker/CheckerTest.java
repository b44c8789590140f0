package fr.vigie.example.checker;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.ledger.Entry;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  private static final int COUNT = 500;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everythingStoredOnceIsClean(boolean stamped) {
    List<Entry> said = said(stamped);
    Report report = check(said, stored(said), 0);
    assertThat(report.isClean()).isTrue();
    assertThat(report.total()).isEqualTo(new Finding("all", COUNT, COUNT, 0, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void missingSampleIsFound(boolean stamped) {
    List<Entry> said = said(stamped);
    List<Sample> stored = stored(said);
    stored.remove(123);
    assertThat(check(said, stored, 0).total())
        .isEqualTo(new Finding("all", COUNT, COUNT - 1, 1, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void duplicatedSampleIsFound(boolean stamped) {
    List<Entry> said = said(stamped);
    List<Sample> stored = stored(said);
    stored.add(124, stored.get(123));
    assertThat(check(said, stored, 0).total())
        .isEqualTo(new Finding("all", COUNT, COUNT + 1, 0, 1, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void batchStoredTwiceIsFound(boolean stamped) {
    List<Entry> said = said(stamped);
    List<Sample> stored = stored(said);
    stored.addAll(140, List.copyOf(stored.subList(100, 140)));
    assertThat(check(said, stored, 0).total())
        .isEqualTo(new Finding("all", COUNT, COUNT + 40, 0, 40, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void corruptedSampleIsFound(boolean stamped) {
    List<Entry> said = said(stamped);
    List<Sample> stored = stored(said);
    stored.set(123, Sample.good(stored.get(123).time(), -1));
    assertThat(check(said, stored, 0).total())
        .isEqualTo(new Finding("all", COUNT, COUNT, 0, 0, 1, 0, 0));
  }

  @Test
  void swappedSamplesAreFoundByTheirOrder() {
    List<Entry> said = said(false);
    List<Sample> stored = stored(said);
    Collections.swap(stored, 123, 124);
    assertThat(check(said, stored, 0).total())
        .isEqualTo(new Finding("all", COUNT, COUNT, 0, 0, 0, 1, 0));
  }

  @Test
  void swappedValuesAreFoundByTheirTime() {
    List<Entry> said = said(true);
    List<Sample> stored = stored(said);
    Sample first = stored.get(123);
    Sample second = stored.get(124);
    stored.set(123, new Sample(first.time(), second.value(), second.quality()));
    stored.set(124, new Sample(second.time(), first.value(), first.quality()));
    assertThat(check(said, stored, 0).total())
        .isEqualTo(new Finding("all", COUNT, COUNT, 0, 0, 2, 0, 0));
  }

  @Test
  void wrongTimeOfAStampedSampleIsFound() {
    List<Entry> said = said(true);
    List<Sample> stored = stored(said);
    Sample sample = stored.get(123);
    stored.set(123, new Sample(sample.time().plusNanos(1), sample.value(), sample.quality()));
    assertThat(check(said, stored, 0).total().corrupted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void declaredLossExplainsExactlyWhatIsNotStored(boolean stamped) {
    List<Entry> said = said(stamped);
    List<Sample> stored = stored(said);
    stored.subList(200, 210).clear();
    assertThat(check(said, stored, 10).isClean()).isTrue();
    assertThat(check(said, stored, 10).total().declared()).isEqualTo(10);
    assertThat(check(said, stored, 7).total().missing()).isEqualTo(3);
    assertThat(check(said, stored, 12).excess()).isEqualTo(Map.of("companion", 2L));
    assertThat(check(said, stored, 12).isClean()).isFalse();
  }

  @Test
  void lossOfOneSensorDoesNotExplainThatOfAnother() {
    List<Entry> said = said(false);
    List<Sample> stored = stored(said);
    stored.remove(9);
    Report report = Checker.check(said, Map.of("press/current", stored), Map.of("plc", 1L));
    assertThat(report.total().missing()).isEqualTo(1);
    assertThat(report.excess()).isEqualTo(Map.of("plc", 1L));
  }

  @Test
  void seriesThatNobodySpokeIsCorrupt() {
    List<Sample> stored = stored(said(false));
    Report report = Checker.check(List.of(), Map.of("press/ghost", stored), Map.of());
    assertThat(report.total().corrupted()).isEqualTo(COUNT);
  }

  @Test
  void stateThatHardlyChangesIsCountedExactly() {
    List<Entry> said =
        IntStream.range(0, COUNT)
            .mapToObj(i -> entry(i, "state", Value.of(i % 100 < 90 ? "RUN" : "STOP"), false))
            .toList();
    List<Sample> stored = stored(said);
    stored.subList(95, 105).clear();
    stored.add(stored.get(stored.size() - 1));
    Report report = Checker.check(said, Map.of("press/state", stored), Map.of("companion", 4L));
    assertThat(report.total()).isEqualTo(new Finding("all", COUNT, COUNT - 9, 6, 1, 0, 0, 4));
  }

  @Test
  void lossOfUnknownSizeCoversWhatWasSaidWithinItAndNothingElse() {
    List<Entry> said = said(false);
    List<Sample> stored = stored(said);
    stored.subList(200, 220).clear();
    stored.remove(300);
    Hole hole = new Hole("*", said.get(195).at(), said.get(214).at());
    Report report = Checker.check(said, Map.of("press/current", stored), Map.of(), List.of(hole));
    assertThat(report.total()).isEqualTo(new Finding("all", COUNT, COUNT - 21, 6, 0, 0, 0, 15));
    Hole elsewhere = new Hole("plc", hole.from(), hole.to());
    assertThat(
            Checker.check(said, Map.of("press/current", stored), Map.of(), List.of(elsewhere))
                .total()
                .missing())
        .isEqualTo(21);
  }

  @Test
  void whichOfManyEqualValuesAreMissingIsTakenFromTheSignalThatTells() {
    List<Entry> said = new ArrayList<>(said(false));
    List<Sample> current = stored(said);
    List<Entry> states =
        IntStream.range(0, COUNT).mapToObj(i -> entry(i, "state", Value.of("RUN"), false)).toList();
    List<Sample> state = stored(states);
    current.subList(200, 220).clear();
    state.subList(200, 220).clear();
    Hole hole = new Hole("companion", said.get(200).at(), said.get(219).at());
    said.addAll(states);
    Report report =
        Checker.check(
            said, Map.of("press/current", current, "press/state", state), Map.of(), List.of(hole));
    assertThat(report.isClean()).isTrue();
    assertThat(report.total().declared()).isEqualTo(40);
  }

  private static Report check(List<Entry> said, List<Sample> stored, long declared) {
    return Checker.check(
        said,
        Map.of("press/current", stored),
        declared == 0 ? Map.of() : Map.of("companion", declared));
  }

  private static List<Entry> said(boolean stamped) {
    return IntStream.range(0, COUNT)
        .mapToObj(i -> entry(i, "current", Value.of(i * i % 211 + i / 10.0), stamped))
        .toList();
  }

  private static Entry entry(int i, String signal, Value value, boolean stamped) {
    return new Entry(
        "companion", "press", i + 1L, signal, value, START.plusMillis(100L * i), stamped);
  }

  private static List<Sample> stored(List<Entry> said) {
    return said.stream()
        .map(entry -> new Sample(entry.at(), entry.value(), fr.vigie.signal.Quality.GOOD))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
