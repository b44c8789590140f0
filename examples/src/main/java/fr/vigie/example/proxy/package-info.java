/** A TCP relay of our own that delays, throttles, cuts, garbles or swallows what passes. */
@NullMarked
package fr.vigie.example.proxy;

import org.jspecify.annotations.NullMarked;
