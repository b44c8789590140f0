/** Pseudo-terminals: serial lines without a cable, for simulated devices. */
@NullMarked
package fr.vigie.example.terminal;

import org.jspecify.annotations.NullMarked;
