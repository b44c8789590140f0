/** Copies of all that a server keeps, made beside it, and put back only when they are whole. */
@NullMarked
package fr.vigie.server.backup;

import org.jspecify.annotations.NullMarked;
