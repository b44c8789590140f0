/** What faults need of the machine they run on: programs, file systems, networks; all undone. */
@NullMarked
package fr.vigie.example.host;

import org.jspecify.annotations.NullMarked;
