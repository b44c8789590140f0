/** All that one store keeps, brought to another. */
@NullMarked
package fr.vigie.server.migration;

import org.jspecify.annotations.NullMarked;
