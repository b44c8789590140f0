/** What InfluxDB and those that speak like it have in common: the line protocol, over HTTP. */
@NullMarked
package fr.vigie.server.store.lines;

import org.jspecify.annotations.NullMarked;
