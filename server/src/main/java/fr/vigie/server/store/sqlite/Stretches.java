package fr.vigie.server.store.sqlite;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gathers figures over windows. Numbers are to be added in the order of their arrival; their times,
 * and the places of windows, may come in any order. Sums are compensated (Neumaier 1974), so that
 * they hardly depend on how numbers were grouped. For one thread.
 */
final class Stretches implements Figures {
  private int size;
  private int current;
  private long[] places;
  private long[] counts;
  private double[] sums;
  private double[] rests;
  private double[] mins;
  private double[] maxs;
  private long[] firstTimes;
  private double[] firsts;
  private long[] lastTimes;
  private double[] lasts;
  private final Map<Long, Integer> slots = new HashMap<>();
  private boolean inOrder = true;

  Stretches() {
    this(16);
  }

  /** With room for so many windows before it has to grow. */
  Stretches(int room) {
    places = new long[room];
    counts = new long[room];
    sums = new double[room];
    rests = new double[room];
    mins = new double[room];
    maxs = new double[room];
    firstTimes = new long[room];
    firsts = new double[room];
    lastTimes = new long[room];
    lasts = new double[room];
  }

  void add(long place, long time, double number) {
    int at = slot(place);
    widen(at, time, number, time, number);
    add(at, number);
    counts[at]++;
    mins[at] = Math.min(mins[at], number);
    maxs[at] = Math.max(maxs[at], number);
  }

  /** Adds figures of numbers that all came after those added before. */
  void add(long place, Figures from, int index) {
    int at = slot(place);
    widen(at, from.firstTime(index), from.first(index), from.lastTime(index), from.last(index));
    add(at, from.sum(index));
    counts[at] += from.count(index);
    mins[at] = Math.min(mins[at], from.min(index));
    maxs[at] = Math.max(maxs[at], from.max(index));
  }

  void addAll(Figures from) {
    for (int i = 0; i < from.size(); i++) {
      add(from.place(i), from, i);
    }
  }

  /** The same for the figures of a chunk. */
  void add(long place, Chunk.Summary from) {
    int at = slot(place);
    widen(at, from.firstTime(), from.first(), from.lastTime(), from.last());
    add(at, from.sum());
    counts[at] += from.count();
    mins[at] = Math.min(mins[at], from.min());
    maxs[at] = Math.max(maxs[at], from.max());
  }

  /** The same in order of place. */
  Stretches sorted() {
    if (inOrder) {
      return this;
    }
    Stretches sorted = new Stretches(size);
    long[] order = Arrays.copyOf(places, size);
    Arrays.sort(order);
    for (long place : order) {
      sorted.add(place, this, slots.getOrDefault(place, 0));
    }
    return sorted;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long place(int index) {
    return places[index];
  }

  @Override
  public long count(int index) {
    return counts[index];
  }

  @Override
  public double sum(int index) {
    return Double.isFinite(rests[index]) ? sums[index] + rests[index] : sums[index];
  }

  @Override
  public double min(int index) {
    return mins[index];
  }

  @Override
  public double max(int index) {
    return maxs[index];
  }

  @Override
  public long firstTime(int index) {
    return firstTimes[index];
  }

  @Override
  public double first(int index) {
    return firsts[index];
  }

  @Override
  public long lastTime(int index) {
    return lastTimes[index];
  }

  @Override
  public double last(int index) {
    return lasts[index];
  }

  private void widen(int at, long firstTime, double first, long lastTime, double last) {
    if (counts[at] == 0 || firstTime < firstTimes[at]) {
      firstTimes[at] = firstTime;
      firsts[at] = first;
    }
    if (counts[at] == 0 || lastTime >= lastTimes[at]) {
      lastTimes[at] = lastTime;
      lasts[at] = last;
    }
  }

  private void add(int at, double number) {
    double sum = sums[at];
    double next = sum + number;
    rests[at] += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    sums[at] = next;
  }

  private int slot(long place) {
    if (current < size && places[current] == place) {
      return current;
    }
    if (current + 1 < size && places[current + 1] == place) {
      return ++current;
    }
    if (inOrder && (size == 0 || place > places[size - 1])) {
      current = append(place);
      return current;
    }
    int found =
        inOrder ? Arrays.binarySearch(places, 0, size, place) : slots.getOrDefault(place, -1);
    current = found >= 0 ? found : append(place);
    return current;
  }

  private int append(long place) {
    if (inOrder && size > 0 && place < places[size - 1]) {
      inOrder = false;
      for (int i = 0; i < size; i++) {
        slots.put(places[i], i);
      }
    }
    if (!inOrder) {
      slots.put(place, size);
    }
    if (size == places.length) {
      grow(size * 2);
    }
    places[size] = place;
    mins[size] = Double.POSITIVE_INFINITY;
    maxs[size] = Double.NEGATIVE_INFINITY;
    return size++;
  }

  private void grow(int capacity) {
    places = Arrays.copyOf(places, capacity);
    counts = Arrays.copyOf(counts, capacity);
    sums = Arrays.copyOf(sums, capacity);
    rests = Arrays.copyOf(rests, capacity);
    mins = Arrays.copyOf(mins, capacity);
    maxs = Arrays.copyOf(maxs, capacity);
    firstTimes = Arrays.copyOf(firstTimes, capacity);
    firsts = Arrays.copyOf(firsts, capacity);
    lastTimes = Arrays.copyOf(lastTimes, capacity);
    lasts = Arrays.copyOf(lasts, capacity);
  }
}
