/** How a quantity follows from others. */
@NullMarked
package fr.vigie.statistics.regression;

import org.jspecify.annotations.NullMarked;
