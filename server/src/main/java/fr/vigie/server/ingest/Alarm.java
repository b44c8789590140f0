package fr.vigie.server.ingest;

import java.time.Instant;

/**
 * Something about an agent that a person has to put right.
 *
 * @param latest when it was last noticed
 * @param text what, since when, and what to do
 */
public record Alarm(Instant since, Instant latest, String text) {}
