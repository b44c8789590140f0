package fr.vigie.wire;

import java.util.List;

/**
 * The server's word that batches are durable in its store.
 *
 * @param epoch of the batches
 * @param sequence every batch of the epoch up to and with this one is stored or refused for ever
 * @param refused batches at or below {@code sequence} that will never be stored, with the reason
 * @param store which history of a store this is said of; another text means that the store was
 *     replaced or put back from a copy, and may lack what was acknowledged before; empty when the
 *     server does not tell
 */
public record Ack(long epoch, long sequence, List<Refusal> refused, String store) {
  public Ack {
    refused = List.copyOf(refused);
  }

  /** One of a server that does not tell which store it has. */
  public Ack(long epoch, long sequence, List<Refusal> refused) {
    this(epoch, sequence, refused, "");
  }

  /** One batch that the server cannot take. */
  public record Refusal(long sequence, String reason) {}
}
