/** Faults: clocks that are wrong or jump, and days that are not 24 hours long. */
@NullMarked
package fr.vigie.example.fault.time;

import org.jspecify.annotations.NullMarked;
