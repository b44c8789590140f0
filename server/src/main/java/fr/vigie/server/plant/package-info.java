/** What is known of a plant besides its samples: machines, how to read them, shifts. */
@NullMarked
package fr.vigie.server.plant;

import org.jspecify.annotations.NullMarked;
