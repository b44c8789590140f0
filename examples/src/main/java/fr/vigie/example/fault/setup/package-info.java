/** Faults: files and copies of an installation that are not as they should be. */
@NullMarked
package fr.vigie.example.fault.setup;

import org.jspecify.annotations.NullMarked;
