/** Faults: messages that are broken, late, or of another version. */
@NullMarked
package fr.vigie.example.fault.message;

import org.jspecify.annotations.NullMarked;
