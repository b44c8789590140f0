/** The demonstration: a workshop to look at, on one machine, by one command. */
@NullMarked
package fr.vigie.example.demo;

import org.jspecify.annotations.NullMarked;
