package fr.vigie.wire;

import fr.vigie.column.Column;
import java.util.List;

/**
 * What an agent sends at once. Epoch and sequence, with the agent's name, identify it for ever.
 *
 * @param epoch drawn anew at every start of the agent
 * @param sequence 1 for the first batch of an epoch, then 2, 3, …
 * @param floor no batch of this epoch at or below this sequence will be sent again: each was
 *     acknowledged, or its loss declared
 * @param birth {@link Birth#id()} of the list that {@link Part#signal()} counts in
 * @param parts samples by signal, each signal at most once
 * @param losses what could not be kept
 */
public record Batch(
    long epoch, long sequence, long floor, int birth, List<Part> parts, List<Loss> losses) {
  /**
   * @throws IllegalArgumentException when the sequence is not above the floor
   */
  public Batch {
    parts = List.copyOf(parts);
    losses = List.copyOf(losses);
    if (floor < 0 || sequence <= floor) {
      throw new IllegalArgumentException(
          "sequence " + sequence + " is not above the floor " + floor);
    }
  }

  /**
   * The samples of one signal.
   *
   * @param signal its place in the birth's list, from 0
   */
  public record Part(int signal, Column samples) {
    public Part {
      if (signal < 0) {
        throw new IllegalArgumentException("no signal has the place " + signal);
      }
    }
  }

  public int samples() {
    return parts.stream().mapToInt(part -> part.samples().size()).sum();
  }
}
