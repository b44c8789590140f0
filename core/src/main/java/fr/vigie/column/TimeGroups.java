package fr.vigie.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Columns gathered by equal times, so that times that several of them share are written once. */
public final class TimeGroups {
  private final List<Column> leaders = new ArrayList<>();
  private final int[] groupOf;

  private TimeGroups(int columns) {
    groupOf = new int[columns];
  }

  /** Groups are numbered in the order in which their first column comes. */
  public static TimeGroups of(List<Column> columns) {
    TimeGroups groups = new TimeGroups(columns.size());
    Map<Integer, List<Integer>> byHash = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (i > 0 && column.sameTimes(columns.get(i - 1))) {
        groups.groupOf[i] = groups.groupOf[i - 1];
      } else {
        List<Integer> candidates =
            byHash.computeIfAbsent(column.timesHash(), hash -> new ArrayList<>(1));
        groups.groupOf[i] = groups.among(candidates, column);
      }
    }
    return groups;
  }

  private int among(List<Integer> candidates, Column column) {
    for (int group : candidates) {
      if (leaders.get(group).sameTimes(column)) {
        return group;
      }
    }
    leaders.add(column);
    candidates.add(leaders.size() - 1);
    return leaders.size() - 1;
  }

  /** How many different sequences of times there are. */
  public int count() {
    return leaders.size();
  }

  /** A column that has the times of a group. */
  public Column leader(int group) {
    return leaders.get(group);
  }

  /** What belongs to the columns, in the same order, by group. */
  public <T> List<List<T>> split(List<T> owners) {
    List<List<T>> split = new ArrayList<>();
    leaders.forEach(leader -> split.add(new ArrayList<>()));
    for (int i = 0; i < groupOf.length; i++) {
      split.get(groupOf[i]).add(owners.get(i));
    }
    return split;
  }

  /** The group of a column, by the column's place in the list. */
  public int groupOf(int column) {
    return groupOf[column];
  }
}
