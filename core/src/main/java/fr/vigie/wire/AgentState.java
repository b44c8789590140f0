package fr.vigie.wire;

import java.time.Instant;

/**
 * Whether an agent is connected. The broker publishes the offline one as the agent's last will.
 *
 * @param epoch of the agent's batches
 * @param since when the agent connected, by its clock; the will repeats it, for a will cannot know
 *     when it will be published
 */
public record AgentState(boolean online, long epoch, Instant since) {}
