/** Samples of one signal side by side, and the one codec that wire and store share. */
@NullMarked
package fr.vigie.column;

import org.jspecify.annotations.NullMarked;
