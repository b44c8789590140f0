/** From meters to energy by state, base load, peaks and savings: pure functions. */
@NullMarked
package fr.vigie.energy;

import org.jspecify.annotations.NullMarked;
