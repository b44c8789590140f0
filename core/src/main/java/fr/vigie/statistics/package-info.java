/** What bursts of vibration say of a machine, and what all statistics share. */
@NullMarked
package fr.vigie.statistics;

import org.jspecify.annotations.NullMarked;
