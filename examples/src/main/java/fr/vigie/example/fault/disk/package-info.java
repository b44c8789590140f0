/** Faults: disks that fill, break or lie. */
@NullMarked
package fr.vigie.example.fault.disk;

import org.jspecify.annotations.NullMarked;
