package fr.vigie.maturity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageProposalTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  @Test
  void withoutAnyMachineThereIsNoStage() {
    StageProposal proposal = StageProposal.of(Map.of());

    assertThat(proposal.stage()).isEmpty();
    assertThat(proposal.missing())
        .extracting(StageProposal.Missing::stage)
        .containsExactly(Stage.COMPUTERISATION);
  }

  @Test
  void aRatioOnTheThresholdPassesAndOneBelowDoesNot() {
    Map<Indicator, Finding> findings = all(0.8);
    findings.put(Indicator.M12, measured(90, 100));

    assertThat(StageProposal.of(findings).stage()).contains(Stage.CONNECTIVITY);
    findings.put(Indicator.M12, measured(89, 100));
    assertThat(StageProposal.of(findings).stage()).contains(Stage.COMPUTERISATION);
  }

  @Test
  void aGapBelowIsNotMadeUpForByWhatIsAbove() {
    Map<Indicator, Finding> findings = all(1);
    assertThat(StageProposal.of(findings).stage()).contains(Stage.ADAPTABILITY);

    findings.put(Indicator.M8, new Finding.NotMeasured("site-meter"));
    StageProposal proposal = StageProposal.of(findings);
    assertThat(proposal.stage()).contains(Stage.CONNECTIVITY);
    assertThat(proposal.missing()).hasSize(1);
    assertThat(proposal.missing().get(0).requirement().indicator()).isEqualTo(Indicator.M8);
    assertThat(proposal.missing().get(0).ratio()).isEmpty();
  }

  @Test
  void nothingToMeasureIsNotPassed() {
    Map<Indicator, Finding> findings = all(1);
    findings.put(Indicator.M5, measured(0, 0));

    assertThat(StageProposal.of(findings).stage()).contains(Stage.VISIBILITY);
  }

  @Test
  void oneConnectedMachineIsTheFirstStage() {
    assertThat(StageProposal.of(Map.of(Indicator.M1, measured(1, 40))).stage())
        .contains(Stage.COMPUTERISATION);
    assertThat(StageProposal.of(Map.of(Indicator.M1, measured(0, 40))).stage()).isEmpty();
  }

  @Test
  void tenSecondsAreStillPrompt() {
    Promptness promptness = new Promptness();
    promptness.took(Duration.ofSeconds(-3));
    promptness.took(Duration.ofSeconds(10));
    promptness.took(Duration.ofMillis(10_001));

    assertThat(promptness.prompt()).isEqualTo(2);
    assertThat(promptness.all()).isEqualTo(3);
  }

  @Test
  void theNinetyFifthOfAHundredSaysHowLateReadingsAre() {
    Promptness promptness = new Promptness();
    assertThat(promptness.details()).isEmpty();
    for (int i = 0; i < 95; i++) {
      promptness.took(Duration.ofMillis(450));
    }
    for (int i = 0; i < 5; i++) {
      promptness.took(Duration.ofHours(2));
    }
    assertThat(promptness.details()).containsExactly(new Finding.Detail("p95-at-most", 0.5, "s"));
    promptness.took(Duration.ofHours(2));
    assertThat(promptness.details()).containsExactly(new Finding.Detail("p95-above", 3_600, "s"));
  }

  @Test
  void aSilenceIsMadeUpForByReadingsOfItThatComeLater() {
    Outages outages = new Outages();
    outages.came(NOW);
    outages.dated(NOW);
    outages.came(NOW.plusSeconds(60));
    assertThat(outages.silences()).isEmpty();

    outages.came(NOW.plusSeconds(360));
    outages.dated(NOW.plusSeconds(359));
    assertThat(outages.silences()).extracting(Outages.Outage::made).containsExactly(false);
    outages.came(NOW.plusSeconds(362));
    outages.dated(NOW.plusSeconds(200));
    assertThat(outages.silences()).extracting(Outages.Outage::made).containsExactly(true);
    assertThat(outages.silences().get(0).span().length()).isEqualTo(Duration.ofSeconds(300));
  }

  @Test
  void onlyTheNewestSilencesAreKept() {
    Outages outages = new Outages();
    for (int i = 0; i <= 1_200; i++) {
      outages.came(NOW.plusSeconds(i * 100L));
    }
    assertThat(outages.silences()).hasSize(1_000);
    assertThat(outages.silences().get(999).span().end()).isEqualTo(NOW.plusSeconds(120_000));
  }

  private static Map<Indicator, Finding> all(double ratio) {
    Map<Indicator, Finding> all = new EnumMap<>(Indicator.class);
    for (Indicator indicator : Indicator.values()) {
      all.put(indicator, measured(100 * ratio, 100));
    }
    return all;
  }

  private static Finding measured(double numerator, double denominator) {
    return new Finding.Measured(numerator, denominator, "", List.of(), List.of());
  }
}
