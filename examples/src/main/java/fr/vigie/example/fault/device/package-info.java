/** Faults: serial lines that come off, err or change places. */
@NullMarked
package fr.vigie.example.fault.device;

import org.jspecify.annotations.NullMarked;
