/** Contracts over machines, and the chains of what was used of them. */
@NullMarked
package fr.vigie.server.usage;

import org.jspecify.annotations.NullMarked;
