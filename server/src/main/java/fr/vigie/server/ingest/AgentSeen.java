package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.wire.Birth;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an agent; counts are since {@code seenSince}.
 *
 * @param seenSince when this server, since its start, first heard of it
 * @param online what the agent's last word or will says
 * @param epoch of its last batch or state, 0 when neither came
 * @param highWater the sequence up to which the epoch is stored, 0 when nothing is
 */
public record AgentSeen(
    Source source,
    Instant seenSince,
    boolean online,
    @Nullable Birth lastBirth,
    @Nullable Instant lastBatchAt,
    long epoch,
    long highWater,
    long batches,
    long samples,
    long duplicates,
    long refused) {
  static AgentSeen first(Source source, Instant now) {
    return new AgentSeen(source, now, false, null, null, 0, 0, 0, 0, 0, 0);
  }

  /** Its signals and software, when it said them. */
  public Optional<Birth> birth() {
    return Optional.ofNullable(lastBirth);
  }

  /** When a batch of it was last taken, by the server's clock. */
  public Optional<Instant> lastBatch() {
    return Optional.ofNullable(lastBatchAt);
  }

  AgentSeen born(Birth birth) {
    return new AgentSeen(
        source,
        seenSince,
        online,
        birth,
        lastBatchAt,
        epoch,
        highWater,
        batches,
        samples,
        duplicates,
        refused);
  }

  /** The will of an agent tells the epoch that it connected with, not the one that it is at. */
  AgentSeen state(boolean nowOnline, long itsEpoch) {
    long nowEpoch = nowOnline || epoch == 0 ? itsEpoch : epoch;
    return new AgentSeen(
        source,
        seenSince,
        nowOnline,
        lastBirth,
        lastBatchAt,
        nowEpoch,
        nowEpoch == epoch ? highWater : 0,
        batches,
        samples,
        duplicates,
        refused);
  }

  AgentSeen taken(Instant at, long itsEpoch, long moreSamples) {
    return new AgentSeen(
        source,
        seenSince,
        online,
        lastBirth,
        at,
        itsEpoch,
        itsEpoch == epoch ? highWater : 0,
        batches + 1,
        samples + moreSamples,
        duplicates,
        refused);
  }

  AgentSeen duplicate() {
    return new AgentSeen(
        source,
        seenSince,
        online,
        lastBirth,
        lastBatchAt,
        epoch,
        highWater,
        batches,
        samples,
        duplicates + 1,
        refused);
  }

  AgentSeen refused(long itsEpoch) {
    return new AgentSeen(
        source,
        seenSince,
        online,
        lastBirth,
        lastBatchAt,
        itsEpoch,
        itsEpoch == epoch ? highWater : 0,
        batches,
        samples,
        duplicates,
        refused + 1);
  }

  AgentSeen mark(long itsEpoch, long sequence) {
    return itsEpoch != epoch
        ? this
        : new AgentSeen(
            source,
            seenSince,
            online,
            lastBirth,
            lastBatchAt,
            epoch,
            sequence,
            batches,
            samples,
            duplicates,
            refused);
  }
}
