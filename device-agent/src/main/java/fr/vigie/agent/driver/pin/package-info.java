/** What is wired to single lines: pulses, contacts and lamps. */
@NullMarked
package fr.vigie.agent.driver.pin;

import org.jspecify.annotations.NullMarked;
