/** What is done for the store from time to time: merging chunks, dropping what is too old. */
@NullMarked
package fr.vigie.server.upkeep;

import org.jspecify.annotations.NullMarked;
