package fr.vigie.agent.discover;

import java.util.List;
import java.util.Optional;

/**
 * Something that is connected, or why nothing is.
 *
 * @param place such as a port; empty for a note on the bus as a whole
 * @param words what it is and who uses it, for people
 */
public record Found(String place, String words, Optional<Proposal> proposal) {
  public static Found note(String place, String words) {
    return new Found(place, words, Optional.empty());
  }

  /**
   * How a configuration would read it.
   *
   * @param sensor a name
   * @param driver proposed only where it is installed
   * @param keys further lines, as under the sensor's name in the file
   * @param complete whether it can be used as it is; otherwise somebody must fill in what only they
   *     know
   */
  public record Proposal(String sensor, String driver, List<String> keys, boolean complete) {}
}
