package fr.vigie.server.diagnosis;

import fr.vigie.production.Figures;

/** The figures of a span, and what of it was seen. */
public record Reckoning(Figures figures, Coverage coverage) {}
