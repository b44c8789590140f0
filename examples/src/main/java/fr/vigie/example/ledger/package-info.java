/** What simulated devices really said, kept apart from everything that is to be proven. */
@NullMarked
package fr.vigie.example.ledger;

import org.jspecify.annotations.NullMarked;
