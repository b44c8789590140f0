package fr.vigie.reason;

import fr.vigie.time.Span;

/** A stretch of time for which a reason is known; those of one machine do not overlap. */
public record Reasoned(Span span, Reason reason) {}
