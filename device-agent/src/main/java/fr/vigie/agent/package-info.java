/** The agent on the board: start-up, threads, and the command line. */
@NullMarked
package fr.vigie.agent;

import org.jspecify.annotations.NullMarked;
