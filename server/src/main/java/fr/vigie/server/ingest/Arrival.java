package fr.vigie.server.ingest;

/**
 * A message as the broker handed it over.
 *
 * @param at {@link System#nanoTime()} of its arrival
 * @param settled tells the broker that it is settled, so that it may hand over the next one; never
 *     blocks, and may be called by any thread
 */
record Arrival(String topic, byte[] payload, long at, Runnable settled) {}
