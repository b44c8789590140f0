/** Figures for docs/reference/performance.md: one class a subject, each a main of its own. */
@NullMarked
package fr.vigie.bench;

import org.jspecify.annotations.NullMarked;
