/** What a machine says: signals, and their samples with time and quality. */
@NullMarked
package fr.vigie.signal;

import org.jspecify.annotations.NullMarked;
