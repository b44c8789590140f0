/** Keys of a configuration: their defaults, and what is told when a value is wrong. */
@NullMarked
package fr.vigie.agent.setting;

import org.jspecify.annotations.NullMarked;
