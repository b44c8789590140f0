/** Figures of machines: a function of series, configuration and span, read from the store. */
@NullMarked
package fr.vigie.server.diagnosis;

import org.jspecify.annotations.NullMarked;
