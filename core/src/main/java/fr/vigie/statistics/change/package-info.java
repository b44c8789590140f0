/** Whether one stretch of a series differs from another, and by how much. */
@NullMarked
package fr.vigie.statistics.change;

import org.jspecify.annotations.NullMarked;
