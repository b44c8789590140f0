/** What goes out to people and programs: kept until it is delivered, by mail or by webhook. */
@NullMarked
package fr.vigie.server.delivery;

import org.jspecify.annotations.NullMarked;
