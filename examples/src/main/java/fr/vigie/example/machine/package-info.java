/** The file that describes a machine: what its signals are, and how states and parts are read. */
@NullMarked
package fr.vigie.example.machine;

import org.jspecify.annotations.NullMarked;
