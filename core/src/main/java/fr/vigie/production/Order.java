package fr.vigie.production;

import java.time.Instant;
import java.util.Optional;

/**
 * A machine is to make one product.
 *
 * @param end empty: until the next order starts
 */
public record Order(String product, Instant start, Optional<Instant> end) {
  /**
   * @throws IllegalArgumentException when it does not end after its start
   */
  public Order {
    if (end.isPresent() && !end.get().isAfter(start)) {
      throw new IllegalArgumentException(
          "an order ends before it starts: " + start + " to " + end.get());
    }
  }
}
