/** Compares what devices said with what the store holds, and with what was declared lost. */
@NullMarked
package fr.vigie.example.checker;

import org.jspecify.annotations.NullMarked;
