/**
 * Fuzz targets, one a decoder: whatever the bytes, an answer or the decoder's own exception, in
 * bounded memory, and what was read is read again from what it is written as.
 */
@NullMarked
package fr.vigie.fuzz;

import org.jspecify.annotations.NullMarked;
