/** Frames that a microcontroller sends over a serial line: bytes to values and back, pure. */
@NullMarked
package fr.vigie.frame;

import org.jspecify.annotations.NullMarked;
