/** Samples in InfluxDB 1. */
@NullMarked
package fr.vigie.server.store.influx;

import org.jspecify.annotations.NullMarked;
