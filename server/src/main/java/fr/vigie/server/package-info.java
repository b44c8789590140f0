/** The server as a whole: its command line, its start and its wiring. */
@NullMarked
package fr.vigie.server;

import org.jspecify.annotations.NullMarked;
