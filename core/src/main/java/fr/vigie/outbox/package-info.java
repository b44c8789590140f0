/**
 * The durable queue of what the server has not yet confirmed: a log of recycled segments on disk.
 */
@NullMarked
package fr.vigie.outbox;

import org.jspecify.annotations.NullMarked;
