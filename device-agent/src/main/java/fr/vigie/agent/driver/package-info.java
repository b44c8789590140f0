/**
 * Drivers: one file each, a record that is the configuration and the class that reads the device.
 */
@NullMarked
package fr.vigie.agent.driver;

import org.jspecify.annotations.NullMarked;
