/** A whole installation with its workshop, run for a while and then checked. */
@NullMarked
package fr.vigie.example.trial;

import org.jspecify.annotations.NullMarked;
