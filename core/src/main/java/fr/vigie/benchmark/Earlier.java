package fr.vigie.benchmark;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be remembered of a merge: who was in it, and in each cell that it showed.
 *
 * @param shown of each measure
 */
public record Earlier(
    String cluster, YearMonth month, Set<Member> members, Map<Measure, List<Set<Member>>> shown) {
  public Earlier {
    members = Set.copyOf(members);
    Map<Measure, List<Set<Member>>> copy = new EnumMap<>(Measure.class);
    shown.forEach((measure, cells) -> copy.put(measure, cells.stream().map(Set::copyOf).toList()));
    shown = Collections.unmodifiableMap(copy);
  }

  boolean isOf(String itsCluster, YearMonth itsMonth) {
    return cluster.equals(itsCluster) && month.equals(itsMonth);
  }

  /** What all of them showed of a measure. */
  static List<Set<Member>> shown(List<Earlier> merges, Measure measure) {
    List<Set<Member>> all = new ArrayList<>();
    merges.forEach(merge -> all.addAll(merge.shown().getOrDefault(measure, List.of())));
    return all;
  }
}
