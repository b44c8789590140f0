/** This company's contribution to a comparison, and the merging of those of others. */
@NullMarked
package fr.vigie.server.benchmark;

import org.jspecify.annotations.NullMarked;
