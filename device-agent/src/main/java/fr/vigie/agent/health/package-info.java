/** What the agent says of its own state. */
@NullMarked
package fr.vigie.agent.health;

import org.jspecify.annotations.NullMarked;
