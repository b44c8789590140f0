/** Buses, each with one owner. What a vendor's library does with a port stays in here. */
@NullMarked
package fr.vigie.agent.bus;

import org.jspecify.annotations.NullMarked;
