/** Whatever speaks Modbus, on a serial line or over TCP. */
@NullMarked
package fr.vigie.agent.driver.modbus;

import org.jspecify.annotations.NullMarked;
