package fr.vigie.production;

import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.numbers;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;
import static fr.vigie.production.Shop.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.vigie.reason.Reason;
import fr.vigie.reason.Reasoned;
import fr.vigie.reason.StopKind;
import fr.vigie.time.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people declare of an hour in which a machine runs, stands from 1000 to 2000, and runs. */
class DeclaredTest {
  private static final Reason MATERIAL = new Reason("material", "Material", StopKind.INDUCED);
  private static final Reason BROKEN = new Reason("broken", "Broken", StopKind.BREAKDOWN);
  private static final Reason SERVICE = new Reason("service", "Service", StopKind.PLANNED);
  private static final Reason CHANGE = new Reason("change", "Changeover", StopKind.CHANGEOVER);
  private static final Span HOUR = span(0, 3600);

  private final MachineRules.Builder rules =
      MachineRules.of(rule(0))
          .parts(PartsRule.Counter.plain())
          .products(Map.of("A", Tcr.of(seconds(60)), "B", Tcr.of(seconds(30))));

  private Production production(Declared declared) {
    return Production.of(
        rules.build(),
        Inputs.until(at(4000))
            .state(texts("0 ACTIVE, 1000 READY, 2000 ACTIVE"))
            .parts(numbers("0 0, 500 5, 900 10, 2500 20, 3000 30"))
            .declared(declared)
            .build());
  }

  private Figures hour(Declared declared) {
    return production(declared).figures(HOUR);
  }

  private static Declared orders(Order... orders) {
    return new Declared(List.of(orders), List.of(), List.of());
  }

  private static Declared reasons(Reasoned... reasons) {
    return new Declared(List.of(), List.of(), List.of(reasons));
  }

  private static Declared rejects(Declaration... rejects) {
    return new Declared(List.of(), List.of(rejects), List.of());
  }

  private static Order order(String product, double start) {
    return new Order(product, at(start), Optional.empty());
  }

  private static Order order(String product, double start, double end) {
    return new Order(product, at(start), Optional.of(at(end)));
  }

  private static Reasoned reasoned(double from, double to, Reason reason) {
    return new Reasoned(span(from, to), reason);
  }

  @Test
  void netTimeIsTheSumOverProductsAtTheirOwnCycles() {
    Figures figures = hour(orders(order("A", 0), order("B", 2500)));

    assertThat(figures.timeTree().tN()).hasValue(seconds(10 * 60 + 20 * 30));
    assertThat(figures.counted().products())
        .extracting(made -> made.product().orElse("-"), made -> made.output().parts(), Made::time)
        .containsExactly(tuple("A", 10L, seconds(2500)), tuple("B", 20L, seconds(1100)));
    assertThat(figures.remarks()).isEmpty();
  }

  @Test
  void orderEndsWhereTheNextStartsUnlessItSaysOtherwise() {
    Figures figures = hour(orders(order("B", 2600), order("A", 100, 600)));

    assertThat(figures.counted().products())
        .extracting(Made::time)
        .containsExactly(seconds(500), seconds(1000), seconds(2100));
    assertThat(figures.counted().products().get(2).product()).isEmpty();
    assertThat(figures.refusal()).contains(Refusal.NO_REFERENCE_CYCLE);
  }

  @Test
  void ordersMayBeWrittenDownInAnyOrder() {
    Figures figures = hour(orders(order("B", 2500), order("A", 0)));

    assertThat(figures.timeTree().tN()).hasValue(seconds(10 * 60 + 20 * 30));
    assertThat(figures.remarks()).isEmpty();
  }

  @Test
  void ofTwoOpenOrdersOfOneInstantTheLastByNameHolds() {
    Figures figures = hour(orders(order("B", 0), order("A", 0)));

    assertThat(figures.timeTree().tN()).hasValue(seconds(30 * 30));
    assertThat(figures.remarks()).containsExactly(Remark.ORDERS_OVERLAP);
  }

  @Test
  void partsBetweenOrdersCountAtTheMachinesOwnReference() {
    rules.referenceCycle(seconds(10));

    Figures figures = hour(orders(order("A", 100, 600)));

    assertThat(figures.timeTree().tN()).hasValue(seconds(5 * 60 + 25 * 10));
  }

  @Test
  void timeBetweenOrdersInWhichNothingWasMadeNeedsNoReference() {
    assertThat(hour(orders(order("A", 100, 3100))).timeTree().tN()).hasValue(seconds(30 * 60));
    assertThat(hour(orders(order("A", 100, 3100))).counted().products()).hasSize(1);
  }

  @Test
  void productThatNobodyDescribedIsNamedAndHasNoTrs() {
    Figures figures = hour(orders(order("A", 0), order("C", 2500)));

    assertThat(figures.remarks()).containsExactly(Remark.UNKNOWN_PRODUCT);
    assertThat(figures.refusal()).contains(Refusal.NO_REFERENCE_CYCLE);
    assertThat(figures.timeTree().output().parts()).isEqualTo(30);
  }

  @Test
  void productThatNobodyDescribedDoesNoHarmWhileNothingIsMadeOfIt() {
    Figures figures = hour(orders(order("C", 0, 400), order("A", 400)));

    assertThat(figures.remarks()).containsExactly(Remark.UNKNOWN_PRODUCT);
    assertThat(figures.timeTree().tN()).hasValue(seconds(30 * 60));
  }

  @Test
  void ofTwoOrdersThatOverlapTheLaterOneHoldsAndThatIsTold() {
    Figures figures = hour(orders(order("A", 0, 3600), order("B", 2400, 2600)));

    assertThat(figures.timeTree().tN()).hasValue(seconds(20 * 60 + 10 * 30));
    assertThat(figures.remarks()).containsExactly(Remark.ORDERS_OVERLAP);
    assertThat(
            production(orders(order("A", 0, 3600), order("B", 2400, 2600)))
                .figures(span(0, 2400))
                .remarks())
        .isEmpty();
  }

  @Test
  void orderEndsAfterItsStart() {
    assertThatThrownBy(() -> order("A", 5, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsDeclaredLaterLowersTheQualityOfWhenItWasMade() {
    rules.referenceCycle(seconds(60));

    Figures figures =
        hour(
            rejects(
                new Declaration(at(500), at(9000), Declaration.Kind.SCRAP, 3),
                new Declaration(at(2500), at(2600), Declaration.Kind.REWORK, 2),
                new Declaration(at(10), at(9000), Declaration.Kind.START_UP, 1),
                new Declaration(at(3600), at(3600), Declaration.Kind.SCRAP, 8)));

    assertThat(figures.counted().rejects()).isEqualTo(new Rejects(3, 1, 2));
    assertThat(figures.counted().late()).isEqualTo(new Rejects(3, 1, 0));
    assertThat(figures.good()).isEqualTo(24);
    assertThat(figures.scrap()).isEqualTo(4);
    assertThat(figures.timeTree().quality()).isEqualTo(Rate.of(seconds(1440), seconds(1800)));
    assertThat(figures.timeTree().output().startUp()).isEqualTo(seconds(60));
  }

  @Test
  void lateIsWhatWasMadeInTheSpanAndSaidAfterIt() {
    Figures figures =
        production(
                rejects(
                    new Declaration(at(100), at(200), Declaration.Kind.SCRAP, 1),
                    new Declaration(at(100), at(199), Declaration.Kind.SCRAP, 2),
                    new Declaration(at(200), at(300), Declaration.Kind.SCRAP, 4),
                    new Declaration(at(50), at(300), Declaration.Kind.SCRAP, 8),
                    new Declaration(at(49), at(300), Declaration.Kind.SCRAP, 16)))
            .figures(span(50, 200));

    assertThat(figures.counted().late()).isEqualTo(Rejects.scrap(9));
    assertThat(figures.counted().rejects()).isEqualTo(Rejects.scrap(11));
  }

  @Test
  void declaredScrapAddsToWhatTheSignalCounts() {
    rules.referenceCycle(seconds(60)).scrap(new PartsRule.Events(1));
    Inputs inputs =
        Inputs.until(at(4000))
            .state(texts("0 ACTIVE"))
            .parts(numbers("0 0, 500 20"))
            .scrap(numbers("600 2"))
            .declared(rejects(new Declaration(at(1), at(2), Declaration.Kind.SCRAP, 3)))
            .build();

    assertThat(Production.figures(rules.build(), inputs, HOUR).good()).isEqualTo(15);
  }

  @Test
  void moreScrapThanPartsIsKeptAndTold() {
    rules.referenceCycle(seconds(60));

    Figures figures = hour(rejects(new Declaration(at(1), at(2), Declaration.Kind.SCRAP, 40)));

    assertThat(figures.good()).isEqualTo(-10);
    assertThat(figures.timeTree().quality().ratio().orElseThrow()).isNegative();
    assertThat(figures.remarks()).containsExactly(Remark.REJECTS_ABOVE_PRODUCTION);
  }

  @Test
  void moreScrapOfOneProductThanWasMadeOfItIsToldThoughTheSumIsRight() {
    Declared declared =
        new Declared(
            List.of(order("A", 0), order("B", 2500)),
            List.of(new Declaration(at(1), at(2), Declaration.Kind.SCRAP, 11)),
            List.of());

    assertThat(hour(declared).remarks()).containsExactly(Remark.REJECTS_ABOVE_PRODUCTION);
  }

  @Test
  void nobodyDeclaresNoPartsOrMoreThanCanBe() {
    for (long parts : new long[] {0, -1, Declaration.MOST + 1}) {
      assertThatThrownBy(() -> new Declaration(at(1), at(2), Declaration.Kind.SCRAP, parts))
          .hasMessageContaining("found " + parts);
    }
  }

  @Test
  void plannedReasonTakesStandingTimeOutOfRequiredTimeAndNoRunningTime() {
    Figures figures = hour(reasons(reasoned(1500, 3000, SERVICE)));

    assertThat(figures.timeTree().tR()).isEqualTo(seconds(3100));
    assertThat(figures.timeTree().tO()).isEqualTo(seconds(3600));
    assertThat(figures.timeTree().tF()).isEqualTo(seconds(2600));
    assertThat(figures.stops()).extracting(Stop::span).containsExactly(span(1000, 1500));
    assertThat(figures.stillness().pieces())
        .containsExactly(new StopPiece(span(1000, 1500), Optional.empty(), false));
  }

  @Test
  void plannedReasonHoldsWhereNobodySawTheMachine() {
    Inputs inputs =
        Inputs.until(at(3600))
            .state(texts("0 ACTIVE, 1000 READY"))
            .gaps(List.of(span(1000, 3600)))
            .declared(reasons(reasoned(1000, 3600, SERVICE)))
            .build();

    TimeTree tree = Production.figures(rules.build(), inputs, HOUR).timeTree();

    assertThat(tree.tR()).isEqualTo(seconds(1000));
    assertThat(tree.coverage().ratio()).hasValue(1);
  }

  @Test
  void plannedReasonBeforeTheFirstSampleHoldsToo() {
    Inputs inputs =
        Inputs.until(at(3600))
            .state(texts("1000 ACTIVE"))
            .declared(reasons(reasoned(0, 1000, SERVICE)))
            .build();

    assertThat(Production.figures(rules.build(), inputs, HOUR).timeTree().tR())
        .isEqualTo(seconds(2600));
  }

  @Test
  void changeoverIsRequiredTimeUnlessTheSiteSaysOtherwiseAndBothAreShown() {
    Declared declared = reasons(reasoned(1000, 1400, CHANGE), reasoned(1400, 2000, MATERIAL));
    Figures inside = hour(declared);
    rules.convention(
        new Convention(
            Convention.Changeover.OUTSIDE, Convention.Mtbf.CLASSIC, Convention.Base.OPERATING));
    Figures outside = hour(declared);

    assertThat(inside.timeTree().tR()).isEqualTo(seconds(3600));
    assertThat(outside.timeTree().tR()).isEqualTo(seconds(3200));
    assertThat(inside.times().other()).contains(outside.timeTree());
    assertThat(outside.times().other()).contains(inside.timeTree());
    assertThat(outside.times().convention().changeover()).isEqualTo(Convention.Changeover.OUTSIDE);
    assertThat(outside.stillness().pieces())
        .containsExactly(new StopPiece(span(1400, 2000), Optional.of(MATERIAL), false));
  }

  @Test
  void withoutAnyReasonNobodyKnowsWhatTheOtherConventionWouldGive() {
    Production production = production(reasons(reasoned(1000, 2000, MATERIAL)));

    assertThat(production.figures(span(0, 1000)).times().other()).isEmpty();
    assertThat(production.figures(HOUR).times().other()).isPresent();
  }

  @Test
  void stopIsCutWhereItsReasonsChange() {
    Figures figures = hour(reasons(reasoned(1700, 2500, BROKEN), reasoned(900, 1200, MATERIAL)));

    assertThat(figures.stops()).hasSize(1);
    assertThat(figures.stillness().pieces())
        .containsExactly(
            new StopPiece(span(1000, 1200), Optional.of(MATERIAL), false),
            new StopPiece(span(1200, 1700), Optional.empty(), false),
            new StopPiece(span(1700, 2000), Optional.of(BROKEN), false));
  }

  @Test
  void ofTwoReasonsThatOverlapTheLaterOneHoldsAndThatIsTold() {
    Figures figures = hour(reasons(reasoned(1200, 1500, BROKEN), reasoned(1000, 2000, MATERIAL)));

    assertThat(figures.stillness().pieces())
        .extracting(piece -> piece.reason().orElseThrow().code())
        .containsExactly("material", "broken", "material");
    assertThat(figures.remarks()).containsExactly(Remark.REASONS_OVERLAP);
  }

  @Test
  void reasonsOfTheSameStartHoldByTheirEndAndThenByTheirCode() {
    Figures figures =
        hour(
            reasons(
                reasoned(1000, 1500, MATERIAL),
                reasoned(1000, 2000, BROKEN),
                reasoned(1000, 1500, CHANGE)));

    assertThat(figures.stillness().pieces())
        .extracting(piece -> piece.reason().orElseThrow().code())
        .containsExactly("material", "broken");
  }

  @Test
  void failureLastsFromTheNoticedStopToTheEndOfItsBreakdown() {
    Figures figures = hour(reasons(reasoned(1300, 1800, BROKEN)));

    assertThat(figures.stillness().failures())
        .containsExactly(new Failure(at(1000), at(1800), seconds(800), true));
  }

  @Test
  void breakdownThatOutlastsABreakIsOneFailure() {
    Inputs inputs =
        Inputs.until(at(5000))
            .state(texts("0 ACTIVE, 1000 READY, 3000 ACTIVE, 3500 READY, 4000 ACTIVE"))
            .declared(
                reasons(
                    reasoned(1000, 1500, BROKEN),
                    reasoned(1500, 2000, SERVICE),
                    reasoned(2000, 3000, BROKEN),
                    reasoned(3500, 4000, BROKEN)))
            .build();

    assertThat(Production.figures(rules.build(), inputs, span(0, 5000)).stillness().failures())
        .containsExactly(
            new Failure(at(1000), at(3000), seconds(1500), true),
            new Failure(at(3500), at(4000), seconds(500), true));
  }

  @Test
  void failureThatGoesOnIsNotOver() {
    Inputs inputs =
        Inputs.until(at(2000))
            .state(texts("0 ACTIVE, 1000 ALARM"))
            .declared(reasons(reasoned(1000, 9000, BROKEN)))
            .build();

    assertThat(Production.figures(rules.build(), inputs, HOUR).stillness().failures())
        .extracting(Failure::isOver)
        .containsExactly(false);
  }

  @Test
  void failureIsOfTheSpansInWhichItStartsAndEnds() {
    Production production = production(reasons(reasoned(1000, 2000, BROKEN)));

    assertThat(production.figures(span(0, 1500)).stillness().failures()).hasSize(1);
    assertThat(production.figures(span(1200, 1500)).stillness().failures()).isEmpty();
    assertThat(production.figures(span(1500, 2000)).stillness().failures()).isEmpty();
    assertThat(production.figures(span(1500, 2001)).stillness().failures()).hasSize(1);
  }

  @Test
  void partsMadeWhileClosedAreTold() {
    rules.referenceCycle(seconds(60)).inServiceSince(at(600));

    Figures figures = hour(Declared.NOTHING);

    assertThat(figures.parts()).isEqualTo(30);
    assertThat(figures.timeTree().output().parts()).isEqualTo(25);
    assertThat(figures.remarks()).containsExactly(Remark.PARTS_OUTSIDE_OPENING);
  }

  @Test
  void cycleTimesAreThoseOfStepsBeforeWhichTheMachineOnlyRan() {
    Inputs inputs =
        Inputs.until(at(4000))
            .state(texts("0 ACTIVE, 100 READY, 150 ACTIVE"))
            .parts(numbers("0 0, 40 1, 80 2, 120 3, 160 4, 200 5, 240 7"))
            .declared(orders(order("A", 0, 100), order("B", 150)))
            .build();

    assertThat(Production.of(rules.build(), inputs).cycleTimes(span(50, 3600)))
        .containsExactly(
            new CycleTime(at(80), Optional.of("A"), seconds(40)),
            new CycleTime(at(200), Optional.of("B"), seconds(40)));
  }

  @Test
  void cycleThatMakesSeveralPartsIsSharedByThem() {
    rules.cycle(new CycleRule("ACTIVE", "READY")).parts(new PartsRule.Cycles(4));
    Inputs inputs =
        Inputs.until(at(4000)).state(texts("0 ACTIVE, 100 READY, 150 ACTIVE, 350 READY")).build();

    assertThat(Production.of(rules.build(), inputs).cycleTimes(span(50, 3600)))
        .extracting(CycleTime::length)
        .containsExactly(seconds(25), seconds(50));
  }
}
