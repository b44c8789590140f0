/** How far a factory is on its way, measured by its own machines instead of asked. */
@NullMarked
package fr.vigie.maturity;

import org.jspecify.annotations.NullMarked;
