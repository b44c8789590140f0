/** Chips on I2C, SPI and 1-Wire: voltages, currents, temperatures, vibrations. */
@NullMarked
package fr.vigie.agent.driver.chip;

import org.jspecify.annotations.NullMarked;
