package fr.vigie.wire;

import java.util.List;

/**
 * The server's word that batches are durable in its store.
 *
 * @param epoch of the batches
 * @param sequence every batch of the epoch up to and with this one is stored or refused for ever
 * @param refused batches at or below {@code sequence} that will never be stored, with the reason
 */
public record Ack(long epoch, long sequence, List<Refusal> refused) {
  public Ack {
    refused = List.copyOf(refused);
  }

  /** One batch that the server cannot take. */
  public record Refusal(long sequence, String reason) {}
}
