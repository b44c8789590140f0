/**
 * A store whose samples lie in a database of its own, and what such a database cannot hold in
 * SQLite files beside it.
 */
@NullMarked
package fr.vigie.server.store.ledger;

import org.jspecify.annotations.NullMarked;
