package fr.vigie.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.production.MachineState;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-01T00:10:00Z");
  private static final Contract CONTRACT =
      new Contract("c-12", "Forge \"Dupré\"; fils", "press", new Span(START, day(30)));

  @Test
  void aChainAsItWasWrittenHasNoFindings() {
    assertThat(chain().verify()).isEmpty();
    assertThat(chain().verify(chain().head())).isEmpty();
    assertThat(new Chain(CONTRACT, List.of()).verify()).isEmpty();
  }

  @Test
  void theSameReadingAgainAddsNothingAndAnotherOneCorrects() {
    Chain chain = chain();

    assertThat(chain.read(of(2), used(2), NOW, "late data")).isEqualTo(chain);
    Chain corrected = chain.read(of(2), used(7), NOW, "late data");
    assertThat(corrected.entries()).hasSize(chain.entries().size() + 1);
    Entry last = corrected.entries().get(corrected.entries().size() - 1);
    assertThat(last.corrects()).hasValue(3);
    assertThat(last.why()).isEqualTo("late data");
    assertThat(corrected.entries()).startsWith(chain.entries().toArray(Entry[]::new));
    assertThat(corrected.verify()).isEmpty();
    assertThat(corrected.total().parts()).hasValue(100 + 101 + 107 + 103 + 104);
    assertThat(corrected.total().time(MachineState.RUNNING)).isEqualTo(Duration.ofHours(5));
  }

  @Test
  void whatOneReadingDoesNotKnowTheSumDoesNot() {
    Chain chain =
        chain()
            .read(
                of(9),
                new Quantities(
                    Map.of(), OptionalLong.empty(), OptionalLong.of(1), OptionalLong.empty()),
                NOW,
                "");

    assertThat(chain.total().wattHours()).isEmpty();
    assertThat(chain.total().cycles()).isEmpty();
    assertThat(chain.total().parts()).hasValue(511);
  }

  @Test
  void aSpanThatOverlapsOrLeavesTheContractIsRefused() {
    Span half = new Span(day(1).plusSeconds(3_600), day(2));
    Span before = new Span(START.minusSeconds(1), START);

    assertThatThrownBy(() -> chain().read(half, used(1), NOW, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chain().read(before, used(1), NOW, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChangeOfAnyFieldIsFoundThere() {
    List<Entry> entries = corrected().entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry old = entries.get(i);
      for (Entry changed : changes(old)) {
        List<Entry> forged = new ArrayList<>(entries);
        forged.set(i, changed);
        assertThat(new Chain(CONTRACT, forged).verify())
            .as("entry %d as %s", i + 1, changed)
            .contains(new Chain.Finding(i + 1, Chain.Fault.CHANGED));
      }
    }
  }

  @Test
  void aChangeOfTheContractIsFound() {
    List<Entry> entries = corrected().entries();
    Stream.of(
            new Contract("c-13", CONTRACT.customer(), "press", CONTRACT.period()),
            new Contract("c-12", "customer 13", "press", CONTRACT.period()),
            new Contract("c-12", CONTRACT.customer(), "lathe", CONTRACT.period()),
            new Contract("c-12", CONTRACT.customer(), "press", new Span(START, day(29))))
        .forEach(
            forged ->
                assertThat(new Chain(forged, entries).verify()).as("%s", forged).isNotEmpty());
  }

  @Test
  void aChangeWithAHashOfItsOwnBreaksTheNextEntry() {
    Chain chain = corrected();
    List<Entry> forged = new ArrayList<>(chain.entries());
    Entry old = forged.get(1);
    forged.set(1, rehashed(old, used(55)));

    assertThat(new Chain(CONTRACT, forged).verify())
        .containsExactly(new Chain.Finding(3, Chain.Fault.BROKEN));
  }

  @Test
  void aChainThatIsMadeAnewIsFoundByTheHashOnPaper() {
    Chain forged = new Chain(CONTRACT, List.of());
    for (int i = 0; i < 5; i++) {
      forged = forged.read(of(i), used(i == 1 ? 55 : i), NOW, "");
    }

    assertThat(forged.verify()).isEmpty();
    assertThat(forged.verify(chain().head()))
        .containsExactly(new Chain.Finding(6, Chain.Fault.OTHER_END));
    assertThat(corrected().verify(chain().head())).isEmpty();
  }

  @Test
  void aDroppedEntryIsFound() {
    Chain chain = corrected();
    for (int i = 0; i < chain.entries().size() - 1; i++) {
      List<Entry> fewer = new ArrayList<>(chain.entries());
      fewer.remove(i);
      assertThat(new Chain(CONTRACT, fewer).verify())
          .contains(new Chain.Finding(i + 1, Chain.Fault.BROKEN));
    }
    List<Entry> shorter = chain.entries().subList(0, 5);
    assertThat(new Chain(CONTRACT, shorter).verify()).isEmpty();
    assertThat(new Chain(CONTRACT, shorter).verify(chain.head()))
        .containsExactly(new Chain.Finding(6, Chain.Fault.OTHER_END));
  }

  @Test
  void entriesInAnotherOrderOrTwiceAreFound() {
    Chain chain = corrected();
    for (int i = 0; i + 1 < chain.entries().size(); i++) {
      List<Entry> swapped = new ArrayList<>(chain.entries());
      Collections.swap(swapped, i, i + 1);
      assertThat(new Chain(CONTRACT, swapped).verify())
          .contains(new Chain.Finding(i + 1, Chain.Fault.BROKEN));
      List<Entry> twice = new ArrayList<>(chain.entries());
      twice.add(i + 1, twice.get(i));
      assertThat(new Chain(CONTRACT, twice).verify())
          .contains(new Chain.Finding(i + 2, Chain.Fault.BROKEN));
    }
  }

  @Test
  void aChainThatReadsADayTwiceIsFoundThoughItsHashesAreRight() {
    Chain chain = chain();
    Entry twice =
        Entry.linked(CONTRACT, 6, NOW, of(2), OptionalLong.empty(), "", used(9), chain.head());
    List<Entry> forged = new ArrayList<>(chain.entries());
    forged.add(twice);

    assertThat(new Chain(CONTRACT, forged).verify())
        .containsExactly(new Chain.Finding(6, Chain.Fault.MISPLACED));
  }

  @Test
  void bothTablesAreReadAsTheyWereWritten() {
    for (UsageTable language : UsageTable.values()) {
      String text = language.write(corrected());
      assertThat(UsageTable.read(text)).isEqualTo(corrected());
      assertThat(UsageTable.read('\ufeff' + text)).isEqualTo(corrected());
      assertThat(UsageTable.read(text.replace("\r\n", "\n"))).isEqualTo(corrected());
    }
    assertThat(UsageTable.FRENCH.write(corrected()))
        .contains("énergie (Wh)")
        .contains("\"Forge \"\"Dupré\"\"; fils\";press")
        .contains(";3600,000;");
    assertThat(UsageTable.ENGLISH.write(corrected()))
        .contains("energy (Wh)")
        .contains(",3600.000,");
  }

  @Test
  void everyChangedCharacterOfATableIsFound() {
    String text = UsageTable.FRENCH.write(corrected());
    int header = text.indexOf('\n') + 1;
    for (int i = header; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n') {
        continue;
      }
      String changed = text.substring(0, i) + (c == '7' ? '8' : '7') + text.substring(i + 1);
      assertThat(isFound(changed)).as("character %d, '%s'", i, c).isTrue();
    }
  }

  @Test
  void whatIsNoTableIsToldWithItsLine() {
    String text = UsageTable.ENGLISH.write(corrected());

    assertThatThrownBy(() -> UsageTable.read("")).hasMessageStartingWith("line 1: ");
    assertThatThrownBy(() -> UsageTable.read(text.lines().findFirst().orElseThrow()))
        .hasMessageStartingWith("line 2: ");
    assertThatThrownBy(() -> UsageTable.read(text + "c-12,x\r\n"))
        .hasMessageStartingWith("line 8: wanted 21 cells, found 2");
    assertThatThrownBy(() -> UsageTable.read(text + '"')).hasMessageContaining("quote");
  }

  @Test
  void aCustomerIsOneLineThatNoSpreadsheetTakesForAFormula() {
    for (String wrong : List.of("", "=1+1", "@x", "a\nb", " a", "a".repeat(121), "\ud800")) {
      assertThatThrownBy(() -> new Contract("c", wrong, "press", CONTRACT.period()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static boolean isFound(String table) {
    try {
      return !UsageTable.read(table).verify().isEmpty();
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static List<Entry> changes(Entry old) {
    List<Entry> all = new ArrayList<>();
    all.add(with(old, old.sequence() + 1, old.recorded(), old.span(), old.corrects(), old.why()));
    all.add(
        with(old, old.sequence(), old.recorded().plusNanos(1), old.span(), old.corrects(), "x"));
    all.add(with(old, old.sequence(), old.recorded(), of(11), old.corrects(), old.why()));
    all.add(with(old, old.sequence(), old.recorded(), old.span(), OptionalLong.of(77), old.why()));
    all.add(with(old, old.sequence(), old.recorded(), old.span(), old.corrects(), "other"));
    all.add(
        new Entry(
            old.sequence(),
            old.recorded(),
            old.span(),
            old.corrects(),
            old.why(),
            old.quantities(),
            "0".repeat(64),
            old.hash()));
    Quantities used = old.quantities();
    for (MachineState state : MachineState.values()) {
      all.add(
          with(
              old,
              new Quantities(
                  Map.of(state, used.time(state).plusMillis(1)),
                  used.cycles(),
                  used.parts(),
                  used.wattHours())));
    }
    OptionalLong other = OptionalLong.of(999_999);
    all.add(with(old, new Quantities(used.times(), other, used.parts(), used.wattHours())));
    all.add(with(old, new Quantities(used.times(), used.cycles(), other, used.wattHours())));
    all.add(with(old, new Quantities(used.times(), used.cycles(), used.parts(), other)));
    all.add(
        with(old, new Quantities(used.times(), used.cycles(), used.parts(), OptionalLong.empty())));
    return all;
  }

  private static Entry with(
      Entry old, long sequence, Instant recorded, Span span, OptionalLong corrects, String why) {
    return new Entry(
        sequence, recorded, span, corrects, why, old.quantities(), old.previous(), old.hash());
  }

  private static Entry with(Entry old, Quantities quantities) {
    return new Entry(
        old.sequence(),
        old.recorded(),
        old.span(),
        old.corrects(),
        old.why(),
        quantities,
        old.previous(),
        old.hash());
  }

  private static Entry rehashed(Entry old, Quantities quantities) {
    return Entry.linked(
        CONTRACT,
        old.sequence(),
        old.recorded(),
        old.span(),
        old.corrects(),
        old.why(),
        quantities,
        old.previous());
  }

  private static Chain chain() {
    Chain chain = new Chain(CONTRACT, List.of());
    for (int i = 0; i < 5; i++) {
      chain = chain.read(of(i), used(i), NOW, "");
    }
    return chain;
  }

  private static Chain corrected() {
    return chain().read(of(3), used(8), NOW, "données tardives");
  }

  private static Quantities used(int number) {
    return new Quantities(
        Map.of(MachineState.RUNNING, Duration.ofHours(1), MachineState.OFF, Duration.ofHours(23)),
        OptionalLong.of(number),
        OptionalLong.of(100 + number),
        OptionalLong.of(4_200 + number));
  }

  private static Span of(int day) {
    return new Span(day(day), day(day + 1));
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }
}
