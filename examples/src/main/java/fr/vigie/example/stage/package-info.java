/** Where a fault is played: what it needs, what it may start, and how it is judged. */
@NullMarked
package fr.vigie.example.stage;

import org.jspecify.annotations.NullMarked;
