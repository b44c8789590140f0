/** What bursts of vibration say of a machine. */
@NullMarked
package fr.vigie.statistics;

import org.jspecify.annotations.NullMarked;
