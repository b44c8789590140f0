/** Simulated machines: what they do in virtual time, and the devices that speak for them. */
@NullMarked
package fr.vigie.example.workshop;

import org.jspecify.annotations.NullMarked;
