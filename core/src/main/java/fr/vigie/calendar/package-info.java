/** When a workshop is open: shifts, breaks, public holidays and closures, in local time. */
@NullMarked
package fr.vigie.calendar;

import org.jspecify.annotations.NullMarked;
