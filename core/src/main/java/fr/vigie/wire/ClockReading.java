package fr.vigie.wire;

import java.time.Instant;

/**
 * What a clock shows. An agent tells its own and thereby asks for the server's, which answers with
 * the same number.
 *
 * @param question counted by the agent
 * @param at what the speaker's clock shows as it speaks
 * @param known whether the speaker has reason to believe it
 */
public record ClockReading(long question, Instant at, boolean known) {}
