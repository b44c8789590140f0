/** Pages on paper. */
@NullMarked
package fr.vigie.server.report;

import org.jspecify.annotations.NullMarked;
