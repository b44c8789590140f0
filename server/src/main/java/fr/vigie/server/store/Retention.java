package fr.vigie.server.store;

import java.time.Instant;
import java.util.function.Function;

/**
 * What may be forgotten; {@link Instant#MIN} for nothing.
 *
 * @param samples before which instant samples of a series may go
 * @param rollups before which instant figures over windows of samples that are gone may go too
 */
public record Retention(Function<Series, Instant> samples, Instant rollups) {}
