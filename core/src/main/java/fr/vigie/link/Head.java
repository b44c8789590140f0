package fr.vigie.link;

import fr.vigie.column.Column;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.time.BootTime;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.Loss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was read since the last batch. Not safe for use by several threads: the courier guards it.
 */
final class Head {
  private final Map<Signal, Slot> slots = new HashMap<>();
  private final List<Slot> filled = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();
  private final Map<String, Long> marks = new TreeMap<>();
  private int samples;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * Where a signal's samples gather.
   *
   * @param place in the birth's list
   */
  private record Slot(int place, Column.Builder column) {}

  Head(List<Signal> signals) {
    describe(signals);
  }

  /** From now on these are the signals; those that were keep their places. */
  void describe(List<Signal> signals) {
    for (int place = 0; place < signals.size(); place++) {
      Signal signal = signals.get(place);
      if (!slots.containsKey(signal)) {
        slots.put(signal, new Slot(place, Column.sized(signal.kind().isText(), 1)));
      }
    }
  }

  void add(Signal signal, Sample sample) {
    Slot slot = slots.get(signal);
    if (slot == null) {
      throw new IllegalArgumentException("a signal that the birth does not describe: " + signal);
    }
    slot.column.add(sample);
    if (slot.column.size() == 1) {
      filled.add(slot);
    }
    long nanos = Nanos.of(sample.time());
    first = Math.min(first, nanos);
    last = Math.max(last, nanos);
    samples++;
  }

  void lost(Loss loss) {
    losses.add(loss);
  }

  void mark(String sensor, long deviceSequence) {
    marks.put(sensor, deviceSequence);
  }

  Map<String, Long> marks() {
    return Map.copyOf(marks);
  }

  int samples() {
    return samples;
  }

  boolean isEmpty() {
    return samples == 0 && losses.isEmpty();
  }

  /** The times of the samples; empty when there are none. */
  Optional<Span> span() {
    return samples == 0
        ? Optional.empty()
        : Optional.of(new Span(Nanos.instant(first), Nanos.instant(last)));
  }

  /** Whether a sample or a loss waits for its date. */
  boolean isUndated() {
    return BootTime.is(first) || losses.stream().anyMatch(loss -> BootTime.is(loss.when().start()));
  }

  /** The samples by signal, in the order of their places. */
  List<Batch.Part> takeParts() {
    filled.sort(Comparator.comparingInt(Slot::place));
    List<Batch.Part> parts = new ArrayList<>(filled.size());
    for (Slot slot : filled) {
      parts.add(new Batch.Part(slot.place, slot.column.take()));
    }
    filled.clear();
    samples = 0;
    first = Long.MAX_VALUE;
    last = Long.MIN_VALUE;
    return parts;
  }

  List<Loss> takeLosses() {
    List<Loss> taken = List.copyOf(losses);
    losses.clear();
    return taken;
  }
}
