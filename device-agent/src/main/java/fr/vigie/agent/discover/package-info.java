/** What is connected to this board. */
@NullMarked
package fr.vigie.agent.discover;

import org.jspecify.annotations.NullMarked;
