package fr.vigie.link;

import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.util.List;
import java.util.Map;

/**
 * A batch that is complete and waits in memory.
 *
 * @param span from its first to its last sample
 * @param losses that it declares beside its samples
 * @param session of the boot that its moments count from; 0 when all of them are dates
 * @param nanos when it was sealed, on the monotonic clock
 */
record Sealed(
    Position position,
    byte[] wire,
    Map<String, Long> marks,
    int samples,
    Span span,
    List<Loss> losses,
    long session,
    long nanos) {}
