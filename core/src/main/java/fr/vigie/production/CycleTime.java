package fr.vigie.production;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long one part took.
 *
 * @param at when it was complete
 * @param product that was ordered then, empty when no order says
 */
public record CycleTime(Instant at, Optional<String> product, Duration length) {}
