/** A simulated workshop, the demo, and the replay of recorded machine logs. */
@NullMarked
package fr.vigie.example;

import org.jspecify.annotations.NullMarked;
