/** The MQTT broker inside the server: a pipe without memory of its own, guarded at its door. */
@NullMarked
package fr.vigie.server.broker;

import org.jspecify.annotations.NullMarked;
