/** Machines as they are now, told to whoever listens as soon as something changes. */
@NullMarked
package fr.vigie.server.live;

import org.jspecify.annotations.NullMarked;
