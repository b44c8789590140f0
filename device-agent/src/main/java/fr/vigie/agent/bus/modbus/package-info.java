/** Modbus as it goes over a wire: questions that read, and what is believed of an answer. */
@NullMarked
package fr.vigie.agent.bus.modbus;

import org.jspecify.annotations.NullMarked;
