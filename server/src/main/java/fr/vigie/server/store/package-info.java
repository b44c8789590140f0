/** Where samples are kept: one interface of verbs, whatever the engine. */
@NullMarked
package fr.vigie.server.store;

import org.jspecify.annotations.NullMarked;
