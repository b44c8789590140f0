/** The embedded store: a batch log, a memory head and compressed monthly files, all in SQLite. */
@NullMarked
package fr.vigie.server.store.sqlite;

import org.jspecify.annotations.NullMarked;
