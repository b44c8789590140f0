package fr.vigie.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether sums that are shown tell a few of their members when they are added and subtracted in any
 * number. The rows of the sums are brought to reduced form (Gauss-Jordan, in whole numbers modulo a
 * prime of 31 bits, where what fractions tell is told too); each row of it is a sum that anybody
 * can make. A single company is always found that way. A group is when the elimination happens upon
 * it, so it is done in many orders of the members (information set decoding, E. Prange, 1962).
 */
final class Subtraction {
  private static final long PRIME = Integer.MAX_VALUE;
  private static final int ORDERS = 100;

  private Subtraction() {}

  static boolean tells(List<Set<Member>> shown, int fewest) {
    List<Member> members =
        shown.stream()
            .flatMap(Set::stream)
            .distinct()
            .sorted(Comparator.comparing(Member::company).thenComparing(Member::digest))
            .collect(Collectors.toCollection(ArrayList::new));
    Random order = new Random(ORDERS);
    for (int i = 0; i < ORDERS; i++) {
      Collections.shuffle(members, order);
      List<long[]> rows =
          shown.stream()
              .map(cell -> members.stream().mapToLong(it -> cell.contains(it) ? 1 : 0).toArray())
              .collect(Collectors.toCollection(ArrayList::new));
      reduce(rows, members.size());
      for (long[] row : rows) {
        long companies = companies(row, members);
        if (companies > 0 && companies < fewest) {
          return true;
        }
      }
    }
    return false;
  }

  private static long companies(long[] row, List<Member> members) {
    return IntStream.range(0, row.length)
        .filter(place -> row[place] != 0)
        .mapToObj(place -> members.get(place).company())
        .distinct()
        .count();
  }

  private static void reduce(List<long[]> rows, int width) {
    int done = 0;
    for (int column = 0; column < width && done < rows.size(); column++) {
      int pivot = done;
      while (pivot < rows.size() && rows.get(pivot)[column] == 0) {
        pivot++;
      }
      if (pivot == rows.size()) {
        continue;
      }
      long[] row = rows.get(pivot);
      rows.set(pivot, rows.get(done));
      rows.set(done++, row);
      scale(row, inverse(row[column]));
      for (long[] other : rows) {
        if (other != row && other[column] != 0) {
          long factor = PRIME - other[column];
          for (int i = 0; i < width; i++) {
            other[i] = (other[i] + factor * row[i]) % PRIME;
          }
        }
      }
    }
  }

  private static void scale(long[] row, long factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] * factor % PRIME;
    }
  }

  /** By Fermat: the power that is two less than the prime. */
  private static long inverse(long number) {
    long result = 1;
    long power = number;
    for (long rest = PRIME - 2; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = result * power % PRIME;
      }
      power = power * power % PRIME;
    }
    return result;
  }
}
