/** Where required time went: big losses, Pareto, reliability, ISO 22400-2, cycles, and money. */
@NullMarked
package fr.vigie.loss;

import org.jspecify.annotations.NullMarked;
