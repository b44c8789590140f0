package fr.vigie.production;

import fr.vigie.time.Span;

/** A stretch of time in which a machine was in one state. */
public record Period(Span span, MachineState state) {}
