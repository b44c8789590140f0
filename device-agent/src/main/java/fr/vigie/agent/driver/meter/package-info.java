/** Meters that say what they counted: M-Bus and the French Linky. */
@NullMarked
package fr.vigie.agent.driver.meter;

import org.jspecify.annotations.NullMarked;
