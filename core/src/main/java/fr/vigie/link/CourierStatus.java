package fr.vigie.link;

import fr.vigie.wire.Loss;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How the way to the server stands.
 *
 * @param since since when it is connected or not
 * @param problem why it is not connected, or what hinders; empty when all is well
 * @param storageProblem why the outbox cannot be written; empty when it can
 * @param lastSequence of the newest batch of this epoch
 * @param acknowledged every batch of this epoch up to this one is safe at the server
 * @param waiting batches that are not acknowledged, the one being filled included
 * @param outboxBytes on disk, unacknowledged
 * @param losses declared since the start
 * @param lastAcknowledged when the server last acknowledged something since the start
 * @param lossesBy the same losses by their reason
 * @param sealedBytes of all batches since the start
 */
public record CourierStatus(
    boolean connected,
    String broker,
    Instant since,
    String problem,
    String storageProblem,
    long epoch,
    long lastSequence,
    long acknowledged,
    long waiting,
    long outboxBytes,
    long outboxRecords,
    long losses,
    long refused,
    Optional<Instant> lastAcknowledged,
    Map<Loss.Reason, Long> lossesBy,
    long sealedBytes) {
  public CourierStatus {
    lossesBy = Map.copyOf(lossesBy);
  }
}
