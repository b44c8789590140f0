/** Comparing companies without showing any of them: contributions, their merge, one's position. */
@NullMarked
package fr.vigie.benchmark;

import org.jspecify.annotations.NullMarked;
