/** Samples in VictoriaMetrics. */
@NullMarked
package fr.vigie.server.store.victoria;

import org.jspecify.annotations.NullMarked;
