package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch;
import java.util.List;

/** Hears of batches after they are durable. */
public interface IngestListener {
  /**
   * Called by one thread of its own, in the order of the commits. A listener that is slow does not
   * hold up ingest: the oldest commits that still wait are dropped and counted, so this is for
   * showing what is new, never for keeping it.
   *
   * @param batches new to the store; some may have been there before
   */
  void committed(List<IncomingBatch> batches);
}
