/**
 * What whoever writes a driver needs. A driver is one file, a record that is the configuration and
 * the class that reads the device; those that come with the agent are in the packages below, by
 * what is wired.
 */
@NullMarked
package fr.vigie.agent.driver;

import org.jspecify.annotations.NullMarked;
