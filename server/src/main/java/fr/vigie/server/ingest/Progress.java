package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Store;
import fr.vigie.wire.Ack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How far each epoch of each agent is stored, and which of its batches were refused. What is not in
 * memory is asked of the store. For one thread.
 */
final class Progress {
  private static final int MOST_EPOCHS = 10_000;
  private static final int MOST_REFUSALS = 100;

  private final Store store;
  private final Supplier<String> generation;
  private final LinkedHashMap<Epoch, State> states =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Epoch, State> eldest) {
          return size() > MOST_EPOCHS;
        }
      };

  record Epoch(Source source, long epoch) {}

  private static final class State {
    private final TreeMap<Long, String> refused = new TreeMap<>();
    private long mark;
    private boolean told;
  }

  /**
   * @param generation which history of the store this is, told in each acknowledgement
   */
  Progress(Store store, Supplier<String> generation) {
    this.store = store;
    this.generation = generation;
  }

  /** The sequence up to which the epoch is stored, as far as is known here. */
  long mark(Epoch epoch) throws IOException {
    return state(epoch).mark;
  }

  /** Asks the store again. */
  long refresh(Epoch epoch) throws IOException {
    State state = state(epoch);
    state.mark = store.highWater(epoch.source(), epoch.epoch());
    return state.mark;
  }

  /**
   * Whether the agent was told how far the epoch is stored here. Before that its floors may speak
   * of what another history of the store had.
   */
  boolean isTold(Epoch epoch) throws IOException {
    return state(epoch).told;
  }

  void refused(Epoch epoch, long sequence, String reason) throws IOException {
    TreeMap<Long, String> refused = state(epoch).refused;
    refused.put(sequence, reason);
    if (refused.size() > MOST_REFUSALS) {
      refused.pollFirstEntry();
    }
  }

  /** The server's word on the epoch, with its latest refusals. */
  Ack ack(Epoch epoch) throws IOException {
    State state = state(epoch);
    List<Ack.Refusal> refusals = new ArrayList<>();
    state
        .refused
        .headMap(state.mark, true)
        .forEach((sequence, reason) -> refusals.add(new Ack.Refusal(sequence, reason)));
    state.told = true;
    return new Ack(epoch.epoch(), state.mark, refusals, generation.get());
  }

  private State state(Epoch epoch) throws IOException {
    State state = states.get(epoch);
    if (state == null) {
      state = new State();
      state.mark = store.highWater(epoch.source(), epoch.epoch());
      states.put(epoch, state);
    }
    return state;
  }
}
