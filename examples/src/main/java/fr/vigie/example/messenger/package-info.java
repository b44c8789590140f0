/** A sender of our own that speaks the wire as an agent does, and as none should. */
@NullMarked
package fr.vigie.example.messenger;

import org.jspecify.annotations.NullMarked;
