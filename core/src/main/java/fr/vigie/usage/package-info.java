/**
 * What a customer used of a machine: readings over a contract, in a chain that shows every change.
 */
@NullMarked
package fr.vigie.usage;

import org.jspecify.annotations.NullMarked;
