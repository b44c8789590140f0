/** Faults: power that goes, processes that die. */
@NullMarked
package fr.vigie.example.fault.power;

import org.jspecify.annotations.NullMarked;
