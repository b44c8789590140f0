/** What is done to readings before they leave the board. */
@NullMarked
package fr.vigie.agent.refine;

import org.jspecify.annotations.NullMarked;
