package fr.vigie.loss;

import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.numbers;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;
import static fr.vigie.production.Shop.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.production.Declaration;
import fr.vigie.production.Declared;
import fr.vigie.production.Figures;
import fr.vigie.production.HourlyCost;
import fr.vigie.production.Inputs;
import fr.vigie.production.MachineRules;
import fr.vigie.production.Order;
import fr.vigie.production.PartsRule;
import fr.vigie.production.Production;
import fr.vigie.production.Rate;
import fr.vigie.production.Tcr;
import fr.vigie.reason.BigLoss;
import fr.vigie.reason.Reason;
import fr.vigie.reason.Reasoned;
import fr.vigie.reason.StopKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One hour of a machine with each of the losses. */
class LossesTest {
  private static final Reason BROKEN = new Reason("broken", "Broken", StopKind.BREAKDOWN);
  private static final Reason CHANGE = new Reason("change", "Change", StopKind.CHANGEOVER);
  private static final Reason TOOL = new Reason("tool", "Tool", StopKind.TOOL_CHANGE);
  private static final Reason CHECK = new Reason("check", "Check", StopKind.INSPECTION);
  private static final Reason EMPTY = new Reason("empty", "Empty", StopKind.INDUCED);

  private static final Figures HOUR = hour(rules().referenceCycle(seconds(20)));

  private static MachineRules.Builder rules() {
    return MachineRules.of(rule(0)).parts(PartsRule.Counter.plain());
  }

  private static Figures hour(MachineRules.Builder rules) {
    return production(rules).figures(span(0, 3600));
  }

  private static Figures half(double from, double to) {
    return production(rules().referenceCycle(seconds(20))).figures(span(from, to));
  }

  private static Production production(MachineRules.Builder rules) {
    Inputs inputs =
        Inputs.until(at(4000))
            .state(
                texts(
                    "0 ACTIVE, 600 ALARM, 900 ACTIVE, 1000 READY, 1100 ACTIVE, 1200 READY,"
                        + " 1300 ACTIVE, 1400 READY, 1430 ACTIVE, 1500 READY, 1700 ACTIVE,"
                        + " 2000 READY, 2070 ACTIVE, 2100 -, 2400 ACTIVE"))
            .parts(numbers("0 0, 500 100"))
            .declared(
                new Declared(
                    List.of(new Order("A", at(0), Optional.of(at(1800)))),
                    List.of(
                        new Declaration(at(100), at(5000), Declaration.Kind.SCRAP, 4),
                        new Declaration(at(100), at(5000), Declaration.Kind.REWORK, 3),
                        new Declaration(at(100), at(5000), Declaration.Kind.START_UP, 2)),
                    List.of(
                        new Reasoned(span(600, 900), BROKEN),
                        new Reasoned(span(1000, 1100), CHANGE),
                        new Reasoned(span(1200, 1250), TOOL),
                        new Reasoned(span(1250, 1300), CHECK),
                        new Reasoned(span(1500, 1600), EMPTY))))
            .build();
    return Production.of(rules.products(Map.of("A", Tcr.of(seconds(20)))).build(), inputs);
  }

  @Test
  void eachLossHasItsTimeAndTogetherTheyAreWhatIsMissingToTheUsefulTime() {
    Losses losses = Losses.of(HOUR);

    assertThat(losses.of(BigLoss.BREAKDOWNS)).hasValue(seconds(300));
    assertThat(losses.of(BigLoss.SETUP)).hasValue(seconds(200));
    assertThat(losses.of(BigLoss.MINOR_STOPS)).hasValue(seconds(100 + 30));
    assertThat(losses.unexplained()).isEqualTo(seconds(100 + 70));
    assertThat(losses.unobserved()).isEqualTo(seconds(300));
    assertThat(losses.of(BigLoss.REDUCED_SPEED)).hasValue(seconds(2500 - 2000));
    assertThat(losses.of(BigLoss.DEFECTS)).hasValue(seconds(7 * 20));
    assertThat(losses.of(BigLoss.START_UP)).hasValue(seconds(2 * 20));
    assertThat(seconds(300 + 200 + 130 + 170 + 300 + 500 + 140 + 40))
        .isEqualTo(HOUR.timeTree().tR().minus(HOUR.timeTree().tU().orElseThrow()));
  }

  @Test
  void withoutAReferenceCycleNobodyKnowsWhatSpeedAndQualityCost() {
    Figures figures =
        Production.figures(
            rules().build(), Inputs.until(at(9)).state(texts("0 ACTIVE")).build(), span(0, 9));

    Losses losses = Losses.of(figures);

    assertThat(losses.of(BigLoss.REDUCED_SPEED)).isEmpty();
    assertThat(losses.of(BigLoss.DEFECTS)).isEmpty();
    assertThat(losses.of(BigLoss.START_UP)).isEmpty();
    assertThat(losses.of(BigLoss.BREAKDOWNS)).hasValue(Duration.ZERO);
    assertThat(losses.plus(Losses.NONE).output()).isEmpty();
    assertThat(Losses.of(HOUR).plus(Losses.NONE)).isEqualTo(Losses.of(HOUR));
  }

  @Test
  void isoSeparatesSetupFromDelay() {
    Iso22400 iso = Iso22400.of(HOUR);

    assertThat(iso.time().busy()).isEqualTo(seconds(3600));
    assertThat(iso.time().production()).isEqualTo(seconds(2500));
    assertThat(iso.time().setup()).isEqualTo(seconds(150));
    assertThat(iso.time().processing()).isEqualTo(seconds(2650));
    assertThat(iso.time().delay()).isEqualTo(seconds(300 + 50 + 30 + 200 + 70));
    assertThat(iso.time().order()).isEqualTo(seconds(1800));
    assertThat(iso.availability()).isEqualTo(Rate.of(seconds(2500), seconds(3600)));
    assertThat(iso.effectiveness()).isEqualTo(Rate.of(seconds(2000), seconds(2500)));
    assertThat(iso.qualityRatio()).isEqualTo(Rate.ofParts(91, 100));
    assertThat(iso.oee()).isEqualTo(HOUR.timeTree().trs());
    assertThat(iso.oee().ratio().orElseThrow())
        .isCloseTo(2500 / 3600.0 * 2000 / 2500 * 91 / 100, within(1e-12));
    assertThat(iso.nee().orElseThrow())
        .isCloseTo(2650 / 3600.0 * 2000 / 2500 * 91 / 100, within(1e-12));
    assertThat(iso.teep()).isEqualTo(HOUR.timeTree().tre());
    assertThat(iso.technicalEfficiency()).isEqualTo(Rate.of(seconds(2500), seconds(3150)));
    assertThat(iso.setupRate()).isEqualTo(Rate.of(seconds(150), seconds(2650)));
    assertThat(iso.scrapRatio()).isEqualTo(Rate.ofParts(6, 100));
    assertThat(iso.reworkRatio()).isEqualTo(Rate.ofParts(3, 100));
    assertThat(iso.throughputPerHour()).hasValue(200);
  }

  @Test
  void onlyBreakdownsAreFailures() {
    Reliability reliability = Reliability.of(HOUR);

    assertThat(reliability.failures()).isEqualTo(1);
    assertThat(reliability.repairs()).isEqualTo(1);
    assertThat(reliability.repair()).isEqualTo(seconds(300));
    assertThat(reliability.worked())
        .isEqualTo(new Reliability.Worked(seconds(2530), seconds(2650), seconds(3600)));
    assertThat(reliability.explained()).isEqualTo(Rate.ofParts(5, 7));
    assertThat(Reliability.of(half(0, 700)).repairs()).isZero();
    assertThat(Reliability.of(half(700, 3600)).failures()).isZero();
    assertThat(Reliability.of(half(700, 3600)).repair()).isEqualTo(seconds(300));
  }

  @Test
  void paretoHoldsStopsAndTheMicroStopsThatHaveAReason() {
    Pareto pareto = Pareto.of(HOUR, Pareto.By.DURATION);

    assertThat(pareto.bars())
        .extracting(
            bar -> bar.stood().reason().map(Reason::code).orElse("?"),
            bar -> bar.stood().time(),
            bar -> bar.stood().count())
        .containsExactly(
            tuple("broken", seconds(300), 1),
            tuple("?", seconds(170), 2),
            tuple("change", seconds(100), 1),
            tuple("empty", seconds(100), 1),
            tuple("check", seconds(50), 1),
            tuple("tool", seconds(50), 1));
  }

  @Test
  void piecesComeInOrderOfTimeAndMicroStopsAmongThem() {
    assertThat(HOUR.stillness().pieces())
        .extracting(piece -> piece.span().start(), piece -> piece.micro())
        .containsExactly(
            tuple(at(600), false),
            tuple(at(1000), false),
            tuple(at(1200), false),
            tuple(at(1250), false),
            tuple(at(1400), true),
            tuple(at(1500), false),
            tuple(at(1600), false),
            tuple(at(2000), false));
  }

  @Test
  void isoOfAMachineThatCountsNothingIsEmptyAndNotZero() {
    Figures figures =
        Production.figures(
            MachineRules.of(rule(0)).build(),
            Inputs.until(at(9)).state(texts("0 ACTIVE")).build(),
            span(0, 9));

    Iso22400 iso = Iso22400.of(figures);

    assertThat(iso.effectiveness()).isEqualTo(Rate.UNKNOWN);
    assertThat(iso.qualityRatio()).isEqualTo(Rate.UNKNOWN);
    assertThat(iso.scrapRatio()).isEqualTo(Rate.UNKNOWN);
    assertThat(iso.oee()).isEqualTo(Rate.UNKNOWN);
    assertThat(iso.teep()).isEqualTo(Rate.UNKNOWN);
    assertThat(iso.nee()).isEmpty();
    assertThat(iso.throughputPerHour()).isEmpty();
    assertThat(iso.setupRate().ratio()).hasValue(0);
  }

  @Test
  void throughputNeedsAnOrderAndPartsThatAreCounted() {
    assertThat(Iso22400.of(HOUR).plus(Iso22400.of(HOUR)).throughputPerHour()).hasValue(200);
    Figures unordered =
        Production.figures(
            rules().referenceCycle(seconds(1)).build(),
            Inputs.until(at(9)).state(texts("0 ACTIVE")).build(),
            span(0, 9));
    assertThat(Iso22400.of(unordered).throughputPerHour()).isEmpty();
  }

  @Test
  void lostTimeCostsItsShareOfAnHour() {
    HourlyCost cost = new HourlyCost(new BigDecimal("45.90"), Currency.getInstance("EUR"));

    assertThat(cost.of(Duration.ofMinutes(20))).isEqualTo("15.30");
    assertThat(cost.of(Duration.ofSeconds(1))).isEqualTo("0.01");
    assertThat(cost.of(Duration.ofMinutes(-20))).isEqualTo("-15.30");
    assertThat(
            new HourlyCost(BigDecimal.valueOf(1000), Currency.getInstance("JPY"))
                .of(Duration.ofMinutes(1)))
        .isEqualTo("17");
    assertThat(new HourlyCost(BigDecimal.ZERO, Currency.getInstance("EUR")).of(Duration.ofDays(1)))
        .isEqualTo("0.00");
    assertThatThrownBy(() -> new HourlyCost(new BigDecimal("-0.01"), Currency.getInstance("EUR")))
        .hasMessageContaining("-0.01");
  }
}
