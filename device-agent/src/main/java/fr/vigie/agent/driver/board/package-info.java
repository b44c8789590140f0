/** The board itself that the agent runs on. */
@NullMarked
package fr.vigie.agent.driver.board;

import org.jspecify.annotations.NullMarked;
