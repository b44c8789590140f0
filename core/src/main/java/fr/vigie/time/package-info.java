/** Spans of time and what is known about a clock. */
@NullMarked
package fr.vigie.time;

import org.jspecify.annotations.NullMarked;
