/** The agent's configuration file, read into typed records with every mistake told at once. */
@NullMarked
package fr.vigie.agent.config;

import org.jspecify.annotations.NullMarked;
