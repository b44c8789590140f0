/** The list of faults as one command, and the table it prints. */
@NullMarked
package fr.vigie.example.faults;

import org.jspecify.annotations.NullMarked;
