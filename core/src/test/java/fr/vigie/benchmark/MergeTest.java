package fr.vigie.benchmark;

import static fr.vigie.benchmark.Cluster.OCTOBER;
import static fr.vigie.benchmark.Cluster.company;
import static fr.vigie.benchmark.Cluster.merged;
import static fr.vigie.benchmark.Cluster.refused;
import static fr.vigie.benchmark.Cluster.trs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeTest {
  @Test
  void fiveCompaniesWithTenMachinesAreShownAsTimeOverTime() {
    List<SignedContribution> five = companies(1, 4, "25", 2);
    five.add(company(5, "25", 12, 80));

    // 4 companies of 2 machines at 50 % and one of 12 machines at 80 %: 13,600 of 20,000 minutes.
    assertThat(trs(merged(five), "")).isEqualTo(new Cell.Shown(5, 68, Optional.empty()));
    assertThat(trs(merged(five.subList(1, 5)), ""))
        .isEqualTo(new Cell.Hidden(Cell.Why.FEW_COMPANIES));
    assertThat(trs(merged(companies(1, 5, "25", 1)), ""))
        .isEqualTo(new Cell.Hidden(Cell.Why.FEW_MACHINES));
  }

  @Test
  void dominanceBeginsAboveEightyFivePercent() {
    assertThat(trs(merged(dominated(68_000)), "")).isInstanceOf(Cell.Shown.class);
    assertThat(trs(merged(dominated(68_001)), "")).isEqualTo(new Cell.Hidden(Cell.Why.DOMINANCE));
  }

  /** Four companies of 3,000 minutes each and one of so many: 68,000 of 80,000 are 85 %. */
  private static List<SignedContribution> dominated(long minutes) {
    List<SignedContribution> all = new ArrayList<>();
    IntStream.rangeClosed(1, 4).forEach(i -> all.add(company(i, "25", new Share(3, 1_500, 3_000))));
    all.add(company(5, "25", new Share(60, minutes / 2, minutes)));
    return all;
  }

  @Test
  void dominanceOfTheNumeratorCountsToo() {
    List<SignedContribution> all = new ArrayList<>();
    IntStream.rangeClosed(1, 4).forEach(i -> all.add(company(i, "25", new Share(3, 10, 3_000))));
    all.add(company(5, "25", new Share(3, 2_900, 3_000)));

    assertThat(trs(merged(all), "")).isEqualTo(new Cell.Hidden(Cell.Why.DOMINANCE));
  }

  @Test
  void aCompanyOfSeveralSectorsIsOne() {
    List<SignedContribution> all = companies(1, 4, "25", 4);
    all.add(company(4, "28", 4, 50));

    assertThat(trs(merged(all), "")).isEqualTo(new Cell.Hidden(Cell.Why.FEW_COMPANIES));
  }

  @Test
  void quartilesNeedTenCompaniesAndNeverShowAnEnd() {
    List<SignedContribution> all = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      all.add(company(i, "25", 3, 10 * i - 5));
    }

    // Definition 7 of the rates 5, 15 … 95: 0.25 × 9 = 2.25 places above 5.
    assertThat(trs(merged(all), ""))
        .isEqualTo(new Cell.Shown(10, 50, Optional.of(new Cell.Quartiles(28, 50, 73))));
    assertThat(((Cell.Shown) trs(merged(all.subList(0, 9)), "")).quartiles()).isEmpty();
  }

  @Test
  void oneHiddenSectorHidesAnotherSoThatSubtractionTellsNoneOfThem() {
    List<SignedContribution> all = companies(1, 6, "25", 3);
    all.addAll(companies(7, 11, "28", 3));
    all.addAll(companies(12, 13, "22", 3));
    Merge merge = merged(all);

    assertThat(trs(merge, "")).isInstanceOf(Cell.Shown.class);
    assertThat(trs(merge, "25")).isInstanceOf(Cell.Shown.class);
    assertThat(trs(merge, "22")).isEqualTo(new Cell.Hidden(Cell.Why.FEW_COMPANIES));
    assertThat(trs(merge, "28")).isEqualTo(new Cell.Hidden(Cell.Why.SECONDARY));
  }

  @Test
  void severalHiddenSectorsMayBeShownAsTheirSumOnly() {
    List<SignedContribution> all = companies(1, 6, "25", 3);
    all.addAll(companies(7, 9, "28", 3));
    all.addAll(companies(10, 12, "22", 3));

    assertThat(trs(merged(all), "25")).isInstanceOf(Cell.Shown.class);
  }

  @Test
  void aLeftOverThatOneCompanyDominatesHidesASectorToo() {
    List<SignedContribution> all = companies(1, 6, "25", 30);
    all.addAll(companies(7, 11, "28", 1));
    all.add(company(12, "22", 60, 50));

    assertThat(trs(merged(all), "")).isInstanceOf(Cell.Shown.class);
    assertThat(trs(merged(all), "25")).isEqualTo(new Cell.Hidden(Cell.Why.SECONDARY));
  }

  @Test
  void aMergeWithOneCompanyMoreOrFewerIsRefused() {
    List<SignedContribution> twelve = companies(1, 12, "25", 3);
    Earlier first = merged(twelve).record();

    assertThat(refused(twelve.subList(0, 11), first)).containsExactly(Merge.Why.DIFFERS_BY_FEW);
    assertThat(refused(companies(1, 13, "25", 3), first)).containsExactly(Merge.Why.DIFFERS_BY_FEW);
    assertThat(refused(companies(2, 13, "25", 3), first)).containsExactly(Merge.Why.DIFFERS_BY_FEW);
    assertThat(refused(companies(1, 16, "25", 3), first)).containsExactly(Merge.Why.DIFFERS_BY_FEW);
    assertThat(trs(merged(companies(1, 17, "25", 3), first), "")).isInstanceOf(Cell.Shown.class);
  }

  @Test
  void aCorrectedFileOfOneCompanyIsAnotherMember() {
    List<SignedContribution> twelve = companies(1, 12, "25", 3);
    Earlier first = merged(twelve).record();
    twelve.set(3, company(4, "25", 3, 90));

    assertThat(refused(twelve, first)).containsExactly(Merge.Why.DIFFERS_BY_FEW);
  }

  @Test
  void theSameMergeAgainGivesTheSame() {
    List<SignedContribution> all = companies(1, 12, "25", 3);
    all.addAll(companies(13, 18, "28", 3));
    Merge first = merged(all);
    Collections.shuffle(all, new Random(7));

    assertThat(merged(all, first.record())).isEqualTo(first);
  }

  @Test
  void aSectorThatDiffersByOneIsHiddenThoughTheWholeDiffersByMany() {
    List<SignedContribution> before = companies(1, 7, "25", 3);
    before.addAll(companies(8, 13, "28", 3));
    Earlier first = merged(before).record();
    List<SignedContribution> after = companies(1, 7, "25", 3);
    after.add(company(14, "25", 3, 50));
    after.addAll(companies(8, 13, "28", 3));
    after.addAll(companies(15, 19, "28", 3));
    Merge second = merged(after, first);

    assertThat(trs(second, "25")).isEqualTo(new Cell.Hidden(Cell.Why.DIFFERENCING));
    assertThat(trs(second, "")).isInstanceOf(Cell.Shown.class);
  }

  @Test
  void whatAnEarlierMergeHidIsNotToldByALaterOne() {
    List<SignedContribution> before = companies(1, 6, "25", 3);
    before.addAll(companies(7, 11, "28", 3));
    before.addAll(companies(12, 13, "22", 3));
    Earlier first = merged(before).record();
    List<SignedContribution> after = new ArrayList<>(before);
    after.addAll(companies(14, 18, "22", 3));
    Merge second = merged(after, first);

    // Shown, sector 28 would tell 12 and 13: what the first merge showed of all, less 25 and 28.
    assertThat(trs(second, "28")).isEqualTo(new Cell.Hidden(Cell.Why.DIFFERENCING));
  }

  @Test
  void mergesOfOtherMonthsAndClustersAreNoComparison() {
    List<SignedContribution> twelve = companies(1, 12, "25", 3);
    Earlier first = merged(twelve).record();
    Earlier other = new Earlier("plasturgie", OCTOBER, first.members(), first.shown());
    Earlier november =
        new Earlier(first.cluster(), OCTOBER.plusMonths(1), first.members(), first.shown());

    assertThat(refusedOrNone(twelve.subList(0, 11), other, november)).isEmpty();
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlace() {
    List<SignedContribution> all = companies(1, 5, "25", 3);
    all.add(company(3, "25", 4, 60));
    Contribution like = all.get(0).contribution();
    all.add(
        SignedContribution.sign(
            new Contribution("mecanique-sud", "25", OCTOBER.minusMonths(1), like.shares()),
            Cluster.secret(9)));
    all.add(
        SignedContribution.sign(
            new Contribution("plasturgie", "25", OCTOBER, like.shares()), Cluster.secret(10)));

    assertThat(((Merge.Not) Merge.of(OCTOBER, all, List.of(), Rules.DEFAULT)).refusals())
        .containsExactly(
            new Merge.Refusal(Merge.Why.TWICE, 5, "25"),
            new Merge.Refusal(Merge.Why.OTHER_MONTH, 6, "2026-09"),
            new Merge.Refusal(Merge.Why.OTHER_CLUSTER, 7, "plasturgie"));
    assertThat(refused(List.of())).containsExactly(Merge.Why.NOTHING);
  }

  @Test
  void rulesWeakerThanThoseOfInseeAreRefused() {
    assertThatThrownBy(() -> new Rules(2, 85, 10, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rules(5, 86, 10, 10)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ownPositionIsThatAmongTheQuartiles() {
    Cell.Quartiles quartiles = new Cell.Quartiles(28, 50, 73);

    assertThat(Position.of(0.279, quartiles)).isEqualTo(Position.LOWEST_QUARTER);
    assertThat(Position.of(0.28, quartiles)).isEqualTo(Position.BELOW_MEDIAN);
    assertThat(Position.of(0.5, quartiles)).isEqualTo(Position.ABOVE_MEDIAN);
    assertThat(Position.of(0.9, quartiles)).isEqualTo(Position.HIGHEST_QUARTER);
  }

  /** Adds and subtracts all that was ever shown, each taken once, in every way. */
  @Test
  void nothingThatWasShownTellsFewCompaniesByAddingAndSubtracting() {
    long seed = 20_261_128;
    System.out.println("seed of random merges: " + seed);
    Random random = new Random(seed);
    int shown = 0;
    for (int round = 0; round < 400; round++) {
      List<Earlier> record = new ArrayList<>();
      for (int merge = 0; merge < 3; merge++) {
        List<SignedContribution> all = new ArrayList<>();
        int companies = 5 + random.nextInt(16);
        for (int i = 0; i < companies; i++) {
          int number = 1 + i + 4 * merge * random.nextInt(2);
          all.add(SIGNED[number % SIGNED.length]);
        }
        List<SignedContribution> once = new ArrayList<>(new HashSet<>(all));
        if (Merge.of(OCTOBER, once, record, Rules.DEFAULT) instanceof Merge.Done done) {
          record.add(done.merge().record());
        }
      }
      List<Set<Member>> cells =
          Earlier.shown(record, Measure.TRS).stream().distinct().limit(9).toList();
      shown += cells.size();
      assertNothingIsTold(cells, "round " + round + " of seed " + seed);
    }
    assertThat(shown).isGreaterThan(400);
  }

  private static final SignedContribution[] SIGNED =
      IntStream.range(0, 30)
          .mapToObj(i -> company(i, List.of("25", "25", "28", "22").get(i * 7 % 11 % 4), 3, 50))
          .toArray(SignedContribution[]::new);

  private static void assertNothingIsTold(List<Set<Member>> cells, String when) {
    List<Member> members = cells.stream().flatMap(Set::stream).distinct().toList();
    for (int code = 1; code < Math.pow(3, cells.size()); code++) {
      int[] sum = new int[members.size()];
      for (int i = 0, rest = code; i < cells.size(); i++, rest /= 3) {
        for (int m = 0; rest % 3 != 0 && m < sum.length; m++) {
          sum[m] += cells.get(i).contains(members.get(m)) ? (rest % 3 == 1 ? 1 : -1) : 0;
        }
      }
      long told = IntStream.of(sum).filter(it -> it != 0).count();
      assertThat(told == 0 || told >= 5).as("%s: %d companies told", when, told).isTrue();
    }
  }

  private static List<SignedContribution> companies(int from, int to, String sector, int each) {
    List<SignedContribution> all = new ArrayList<>();
    IntStream.rangeClosed(from, to).forEach(i -> all.add(company(i, sector, each, 50)));
    return all;
  }

  private static List<Merge.Why> refusedOrNone(List<SignedContribution> all, Earlier... earlier) {
    return Merge.of(OCTOBER, all, List.of(earlier), Rules.DEFAULT) instanceof Merge.Not not
        ? not.refusals().stream().map(Merge.Refusal::why).toList()
        : List.of();
  }
}
