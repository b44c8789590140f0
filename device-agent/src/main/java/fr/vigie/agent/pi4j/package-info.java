/** GPIO lines for drivers that speak Pi4J. */
@NullMarked
package fr.vigie.agent.pi4j;

import org.jspecify.annotations.NullMarked;
