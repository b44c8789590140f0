/** Opens figures: what each was made of, down to the signals, shifts and settings. */
@NullMarked
package fr.vigie.server.explain;

import org.jspecify.annotations.NullMarked;
