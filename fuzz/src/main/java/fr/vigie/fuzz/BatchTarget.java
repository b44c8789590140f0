package fr.vigie.fuzz;

import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.BatchIdentity;
import fr.vigie.wire.Payload;
import fr.vigie.wire.WireException;

/** Batches in both forms; those in columns get the checksum that they need. */
public final class BatchTarget {
  private BatchTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws WireException {
    byte[] message = bytes.length > 0 && bytes[0] == 1 ? Checksum.append(bytes) : bytes;
    Batch batch;
    try {
      BatchIdentity.of(message);
      batch = BatchCodec.decode(message);
    } catch (WireException refused) {
      return;
    }
    for (Payload form : Payload.values()) {
      if (!batch.equals(BatchCodec.decode(BatchCodec.encode(batch, form)))) {
        throw new IllegalStateException(form + " loses something of " + batch);
      }
    }
  }
}
