/** From what a machine said to its states, stops, parts and time tree: pure functions. */
@NullMarked
package fr.vigie.production;

import org.jspecify.annotations.NullMarked;
