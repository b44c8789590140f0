/**
 * The way from readings to the server: a memory head, the outbox behind it, and an MQTT session
 * that delivers until the server itself has acknowledged.
 */
@NullMarked
package fr.vigie.link;

import org.jspecify.annotations.NullMarked;
