/** A virtual board with a real kernel: how it is made and booted, and what is tried in it. */
@NullMarked
package fr.vigie.example.emulator;

import org.jspecify.annotations.NullMarked;
