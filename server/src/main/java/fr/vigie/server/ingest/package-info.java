/** From the broker to the store, and the acknowledgement back; what cannot be read is set aside. */
@NullMarked
package fr.vigie.server.ingest;

import org.jspecify.annotations.NullMarked;
