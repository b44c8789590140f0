/** Cuts the power of writing processes, by copies of their disk, and looks at what is left. */
@NullMarked
package fr.vigie.example.powercut;

import org.jspecify.annotations.NullMarked;
