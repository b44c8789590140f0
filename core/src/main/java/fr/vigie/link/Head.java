package fr.vigie.link;

import fr.vigie.column.Column;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Batch;
import fr.vigie.wire.Loss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was read since the last batch. Not safe for use by several threads: the courier guards it.
 */
final class Head {
  private final Map<Signal, Integer> places = new HashMap<>();
  private final Map<Integer, Column.Builder> open = new TreeMap<>();
  private final List<Loss> losses = new ArrayList<>();
  private final Map<String, Long> marks = new TreeMap<>();
  private int samples;

  Head(List<Signal> signals) {
    describe(signals);
  }

  /** From now on these are the signals; those that were keep their places. */
  void describe(List<Signal> signals) {
    for (int place = 0; place < signals.size(); place++) {
      places.put(signals.get(place), place);
    }
  }

  void add(Signal signal, Sample sample) {
    Integer place = places.get(signal);
    if (place == null) {
      throw new IllegalArgumentException("a signal that the birth does not describe: " + signal);
    }
    open.computeIfAbsent(place, first -> signal.kind().isText() ? Column.texts() : Column.numbers())
        .add(sample);
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

  List<Batch.Part> takeParts() {
    List<Batch.Part> parts = new ArrayList<>(open.size());
    open.forEach((place, column) -> parts.add(new Batch.Part(place, column.build())));
    open.clear();
    samples = 0;
    return parts;
  }

  List<Loss> takeLosses() {
    List<Loss> taken = List.copyOf(losses);
    losses.clear();
    return taken;
  }
}
