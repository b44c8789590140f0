package fr.vigie.server.plant;

import fr.vigie.production.CycleRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine, and how its samples are to be read.
 *
 * @param name unique on a server
 * @param label what people call it; free text
 * @param line free text, may be empty
 * @param version grows with each change of the machine or of what it inherits
 */
public record Machine(
    String site,
    String name,
    String label,
    String line,
    long version,
    Optional<Instant> inServiceSince,
    Required required,
    StateSource state,
    Counting counting,
    Pace pace) {

  /** Which time is required of the machine. */
  public enum Required {
    /** The shifts of its site. */
    SHIFTS,
    /** All time that is asked for. */
    ALWAYS
  }

  /**
   * @param scrap counter of bad parts
   * @param cycle texts of the state signal that start and end a cycle
   */
  public record Counting(PartSource parts, Optional<String> scrap, Optional<CycleRule> cycle) {}

  /**
   * @param referenceCycle tcr, time for one part
   * @param microStop stops shorter than this are micro-stops
   * @param speed signal that is shown as the machine's speed
   */
  public record Pace(
      Optional<Duration> referenceCycle, Duration microStop, Optional<String> speed) {}
}
