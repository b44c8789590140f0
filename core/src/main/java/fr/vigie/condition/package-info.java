/** What signals say of a machine's health: limits, drift, vibration, and when to speak of it. */
@NullMarked
package fr.vigie.condition;

import org.jspecify.annotations.NullMarked;
