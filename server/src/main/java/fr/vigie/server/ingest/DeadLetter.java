package fr.vigie.server.ingest;

import java.time.Instant;

/**
 * A message that could not be read and was set aside.
 *
 * @param file its name in the folder of dead letters; the payload follows the first line
 * @param bytes of the payload
 */
public record DeadLetter(String file, Instant at, String topic, String reason, long bytes) {}
