/** The machine that a process runs on: its kernel's clock, its boot, and who supervises it. */
@NullMarked
package fr.vigie.host;

import org.jspecify.annotations.NullMarked;
