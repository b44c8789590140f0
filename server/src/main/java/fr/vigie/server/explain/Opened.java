package fr.vigie.server.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure and, opened one by one, all that it was made of.
 *
 * @param title what it is called, in the reader's language
 * @param formula in the terms of its source; empty for what is measured, planned or set
 * @param source the standard that defines it; may be empty
 * @param value in the unit; null when it is not defined
 * @param text what the value stands for, such as the zone of a vibration; null for most figures
 * @param inputs in the order that the operation takes them
 * @param evidence where to look at what it was measured from
 */
public record Opened(
    String figure,
    String title,
    String formula,
    String source,
    @Nullable Double value,
    String unit,
    @Nullable String text,
    String operation,
    List<Opened> inputs,
    List<Link> evidence) {
  /**
   * @param what one word, such as {@code samples}, {@code timeline} or {@code description}
   * @param count how many samples there are; null where nothing is counted
   */
  public record Link(String what, String href, @Nullable Long count) {}
}
