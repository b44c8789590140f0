package fr.vigie.link;

import fr.vigie.time.Span;
import java.util.Map;

/**
 * A batch that is complete and waits in memory.
 *
 * @param span from its first to its last sample
 * @param nanos when it was sealed, on the monotonic clock
 */
record Sealed(
    Position position, byte[] wire, Map<String, Long> marks, int samples, Span span, long nanos) {}
