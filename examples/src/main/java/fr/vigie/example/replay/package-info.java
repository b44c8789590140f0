/** Plays recorded machine logs through an agent and a server, and tells the figures. */
@NullMarked
package fr.vigie.example.replay;

import org.jspecify.annotations.NullMarked;
