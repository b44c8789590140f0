/** The meters of any program, by the durable path of readings. */
@NullMarked
package fr.vigie.meter;

import org.jspecify.annotations.NullMarked;
