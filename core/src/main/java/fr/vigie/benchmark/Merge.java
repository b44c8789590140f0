package fr.vigie.benchmark;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The contributions of one cluster and month laid together. One fixed table: each measure of all
 * sectors and of each. A cell is shown when its own sum may be, when what its table hides may be
 * shown as one sum, since subtraction gives that, and when nothing that was published before,
 * together with it, tells a company.
 */
public record Merge(String cluster, YearMonth month, List<Cell> cells, Earlier record) {
  /** What may come of it. */
  public sealed interface Outcome {}

  /** The table, and what has to be remembered of it before anybody sees it. */
  public record Done(Merge merge) implements Outcome {}

  /** Nothing, for all of these reasons. */
  public record Not(List<Refusal> refusals) implements Outcome {
    public Not {
      refusals = List.copyOf(refusals);
    }
  }

  /** Why these contributions are not merged. */
  public enum Why {
    /** There is none. */
    NOTHING,
    /** Of another month than asked for. */
    OTHER_MONTH,
    /** Of another cluster than the first. */
    OTHER_CLUSTER,
    /** A company speaks twice of the same sector. */
    TWICE,
    /** Too few companies came or went since an earlier merge of this month. */
    DIFFERS_BY_FEW
  }

  /**
   * @param place of the contribution in the list that was given, from 0; -1 when it is none
   * @param found what was found
   */
  public record Refusal(Why why, int place, String found) {}

  public Merge {
    cells = List.copyOf(cells);
  }

  /**
   * @param earlier all that was merged before, of any cluster and month
   */
  public static Outcome of(
      YearMonth month, List<SignedContribution> all, List<Earlier> earlier, Rules rules) {
    if (all.isEmpty()) {
      return new Not(List.of(new Refusal(Why.NOTHING, -1, "")));
    }
    String cluster = all.get(0).contribution().cluster();
    List<Refusal> refusals = mistakes(month, cluster, all);
    List<Earlier> before = earlier.stream().filter(it -> it.isOf(cluster, month)).toList();
    Set<Member> members = members(all);
    if (refusals.isEmpty() && before.stream().anyMatch(it -> !rules.apart(members, it.members()))) {
      refusals.add(new Refusal(Why.DIFFERS_BY_FEW, -1, ""));
    }
    return refusals.isEmpty()
        ? new Done(tables(month, cluster, all, before, rules))
        : new Not(refusals);
  }

  private static List<Refusal> mistakes(
      YearMonth month, String cluster, List<SignedContribution> all) {
    List<Refusal> refusals = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      Contribution contribution = all.get(i).contribution();
      if (!contribution.month().equals(month)) {
        refusals.add(new Refusal(Why.OTHER_MONTH, i, contribution.month().toString()));
      }
      if (!contribution.cluster().equals(cluster)) {
        refusals.add(new Refusal(Why.OTHER_CLUSTER, i, contribution.cluster()));
      }
      if (!seen.add(all.get(i).company() + ' ' + contribution.sector())) {
        refusals.add(new Refusal(Why.TWICE, i, contribution.sector()));
      }
    }
    return refusals;
  }

  private static Merge tables(
      YearMonth month,
      String cluster,
      List<SignedContribution> all,
      List<Earlier> before,
      Rules rules) {
    List<Cell> cells = new ArrayList<>();
    Map<Measure, List<Set<Member>>> shown = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      List<SignedContribution> those =
          all.stream().filter(it -> it.contribution().shares().containsKey(measure)).toList();
      Column column = new Column(measure, those, Earlier.shown(before, measure), rules);
      cells.addAll(column.cells());
      shown.put(measure, column.shown);
    }
    return new Merge(cluster, month, cells, new Earlier(cluster, month, members(all), shown));
  }

  private static Set<Member> members(Collection<SignedContribution> all) {
    return all.stream().map(Member::of).collect(Collectors.toSet());
  }

  /** One measure: the sum of all first, then the sectors, those with most companies first. */
  private static final class Column {
    private final Measure measure;
    private final List<SignedContribution> all;
    private final List<Set<Member>> earlier;
    private final Rules rules;
    private final List<Set<Member>> shown = new ArrayList<>();
    private final List<SignedContribution> rest;
    private boolean totalShown;

    Column(Measure measure, List<SignedContribution> all, List<Set<Member>> earlier, Rules rules) {
      this.measure = measure;
      this.all = all;
      this.earlier = earlier;
      this.rules = rules;
      this.rest = new ArrayList<>(all);
    }

    List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      cells.add(cell(Optional.empty(), all));
      totalShown = !shown.isEmpty();
      Map<String, List<SignedContribution>> sectors =
          all.stream()
              .collect(
                  Collectors.groupingBy(
                      it -> it.contribution().sector(), TreeMap::new, Collectors.toList()));
      sectors.entrySet().stream()
          .sorted(Comparator.comparing(sector -> -sector.getValue().size()))
          .forEach(sector -> cells.add(cell(Optional.of(sector.getKey()), sector.getValue())));
      return cells;
    }

    private Cell cell(Optional<String> sector, List<SignedContribution> those) {
      Optional<Cell.Why> hidden = rules.hidden(those, measure);
      if (hidden.isEmpty() && sector.isPresent() && totalShown) {
        hidden = leftOver(those);
      }
      if (hidden.isEmpty()) {
        hidden = compared(members(those));
      }
      if (hidden.isPresent()) {
        return new Cell(sector, measure, new Cell.Hidden(hidden.get()));
      }
      shown.add(members(those));
      if (sector.isPresent()) {
        rest.removeAll(those);
      }
      return new Cell(sector, measure, figures(those));
    }

    /** What subtraction from the sum of all would leave, were these shown too. */
    private Optional<Cell.Why> leftOver(List<SignedContribution> those) {
      List<SignedContribution> left = new ArrayList<>(rest);
      left.removeAll(those);
      boolean safe = left.isEmpty() || rules.hidden(left, measure).isEmpty();
      return safe ? Optional.empty() : Optional.of(Cell.Why.SECONDARY);
    }

    private Optional<Cell.Why> compared(Set<Member> those) {
      List<Set<Member>> together = new ArrayList<>(earlier);
      together.addAll(shown);
      together.add(those);
      boolean apart = earlier.stream().allMatch(cell -> rules.apart(cell, those));
      return apart && !Subtraction.tells(together, rules.companies())
          ? Optional.empty()
          : Optional.of(Cell.Why.DIFFERENCING);
    }

    private Cell.Shown figures(List<SignedContribution> those) {
      Map<String, Share> shares = Rules.byCompany(those, measure);
      Share sum = shares.values().stream().reduce(Share.NOTHING, Share::plus);
      double[] rates =
          shares.values().stream().mapToDouble(it -> it.ratio().orElseThrow()).sorted().toArray();
      return new Cell.Shown(
          shares.size(),
          percent(sum.ratio().orElseThrow()),
          rates.length >= rules.quantiles()
              ? Optional.of(
                  new Cell.Quartiles(
                      quantile(rates, 0.25), quantile(rates, 0.5), quantile(rates, 0.75)))
              : Optional.empty());
    }

    /** Between the two nearest of the sorted rates (definition 7 of Hyndman and Fan, 1996). */
    private static long quantile(double[] sorted, double share) {
      double place = share * (sorted.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, sorted.length - 1);
      return percent(sorted[below] + (place - below) * (sorted[above] - sorted[below]));
    }

    private static long percent(double ratio) {
      return Math.round(100 * ratio);
    }
  }
}
