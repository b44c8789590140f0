package fr.vigie.condition;

import java.time.Instant;

/** The mean of a signal over a block of time, and the end of the block, when it became known. */
public record Mean(Instant at, double value) {}
