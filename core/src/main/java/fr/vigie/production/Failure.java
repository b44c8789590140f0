package fr.vigie.production;

import java.time.Duration;
import java.time.Instant;

/**
 * A machine failed: it stood because of a breakdown, until it ran again. One that goes on over a
 * break or a night is one failure.
 *
 * @param start when the stop was noticed, whatever time the reason gives
 * @param end of the last breakdown in it
 * @param repair required time from the start of each of its stops to the end of the breakdown in it
 * @param isOver whether the end is known
 */
public record Failure(Instant start, Instant end, Duration repair, boolean isOver) {}
