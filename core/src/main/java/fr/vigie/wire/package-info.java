/** What travels between agent and server: topics, births, batches and acknowledgements. */
@NullMarked
package fr.vigie.wire;

import org.jspecify.annotations.NullMarked;
