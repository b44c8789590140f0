/** Kills agent, server and broker at random while machines speak, and checks what is left. */
@NullMarked
package fr.vigie.example.chaos;

import org.jspecify.annotations.NullMarked;
