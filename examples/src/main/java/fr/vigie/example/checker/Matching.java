package fr.vigie.example.checker;

import fr.vigie.example.ledger.Entry;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stored samples of one signal laid beside what was said; counts what has no partner. */
final class Matching {
  /** How far apart, in values, an exchanged or repeated value is looked for. */
  private static final int NEIGHBOURHOOD = 256;

  private final long produced;
  private final long stored;
  private final List<Instant> absent = new ArrayList<>();
  private long duplicated;
  private long corrupted;
  private long misplaced;

  private Matching(int produced, int stored) {
    this.produced = produced;
    this.stored = stored;
  }

  static Matching of(List<Entry> produced, List<Sample> stored) {
    Matching matching = new Matching(produced.size(), stored.size());
    boolean stamped = !produced.isEmpty() && produced.stream().allMatch(Entry::stamped);
    if (stamped) {
      matching.byTime(produced, stored);
    } else {
      matching.byOrder(produced, stored);
    }
    return matching;
  }

  /** When the values that have no partner were said, declared or not. */
  List<Instant> absent() {
    return absent;
  }

  /**
   * @param missing how many of those that are absent were not declared
   */
  Finding finding(String signal, long missing) {
    long declared = absent.size() - missing;
    return new Finding(
        signal, produced, stored, missing, duplicated, corrupted, misplaced, declared);
  }

  private void byTime(List<Entry> said, List<Sample> stored) {
    Map<Instant, List<Value>> open = new HashMap<>();
    Map<Instant, List<Value>> matched = new HashMap<>();
    said.forEach(
        entry -> open.computeIfAbsent(entry.at(), at -> new ArrayList<>()).add(entry.value()));
    List<Sample> rest = new ArrayList<>();
    for (Sample sample : stored) {
      List<Value> values = open.getOrDefault(sample.time(), List.of());
      if (values.contains(sample.value())) {
        values.remove(sample.value());
        matched.computeIfAbsent(sample.time(), at -> new ArrayList<>()).add(sample.value());
      } else {
        rest.add(sample);
      }
    }
    for (Sample sample : rest) {
      List<Value> values = open.getOrDefault(sample.time(), List.of());
      if (matched.getOrDefault(sample.time(), List.of()).contains(sample.value())) {
        duplicated++;
      } else {
        corrupted++;
        if (!values.isEmpty()) {
          values.remove(0);
        }
      }
    }
    open.forEach((at, values) -> values.forEach(value -> absent.add(at)));
  }

  private void byOrder(List<Entry> said, List<Sample> stored) {
    Map<Value, Integer> numbers = new HashMap<>();
    int[] left = said.stream().mapToInt(entry -> number(numbers, entry.value())).toArray();
    int[] right = stored.stream().mapToInt(sample -> number(numbers, sample.value())).toArray();
    int[] partners = Alignment.partners(left, right);
    boolean[] taken = new boolean[right.length];
    Arrays.stream(partners).filter(partner -> partner >= 0).forEach(index -> taken[index] = true);
    int[] place = places(partners, right.length);
    boolean[] open = new boolean[left.length];
    for (int i = 0; i < left.length; i++) {
      open[i] = partners[i] < 0;
    }
    for (int i = 0; i < right.length; i++) {
      if (!taken[i] && take(left, open, place[i], right[i])) {
        misplaced++;
        taken[i] = true;
      }
    }
    for (int i = 0; i < right.length; i++) {
      if (!taken[i]) {
        judgeExtra(left, open, place[i], right[i]);
      }
    }
    for (int i = 0; i < open.length; i++) {
      if (open[i]) {
        absent.add(said.get(i).at());
      }
    }
  }

  /** An extra value repeats a neighbour, replaces one that is absent here, or was never said. */
  private void judgeExtra(int[] left, boolean[] open, int place, int value) {
    int from = Math.max(0, place - NEIGHBOURHOOD);
    int to = Math.min(left.length, place + NEIGHBOURHOOD);
    for (int i = from; i < to; i++) {
      if (left[i] == value) {
        duplicated++;
        return;
      }
    }
    corrupted++;
    if (place < open.length && open[place]) {
      open[place] = false;
    }
  }

  private static boolean take(int[] left, boolean[] open, int place, int value) {
    int from = Math.max(0, place - NEIGHBOURHOOD);
    int to = Math.min(left.length, place + NEIGHBOURHOOD);
    for (int i = from; i < to; i++) {
      if (open[i] && left[i] == value) {
        open[i] = false;
        return true;
      }
    }
    return false;
  }

  /** For each stored value the place, among those said, at which it stands. */
  private static int[] places(int[] partners, int size) {
    int[] places = new int[size];
    Arrays.fill(places, -1);
    for (int i = 0; i < partners.length; i++) {
      if (partners[i] >= 0) {
        places[partners[i]] = i;
      }
    }
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (places[i] < 0) {
        places[i] = next++;
      } else {
        next = places[i] + 1;
      }
    }
    return places;
  }

  private static int number(Map<Value, Integer> numbers, Value value) {
    return numbers.computeIfAbsent(value, any -> numbers.size());
  }
}
