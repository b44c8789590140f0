/** What talks on a serial line of its own: text, frames, codes and weights. */
@NullMarked
package fr.vigie.agent.driver.line;

import org.jspecify.annotations.NullMarked;
