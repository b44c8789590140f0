package fr.vigie.server.store;

import java.io.IOException;
import java.util.List;

/** A store that can tell which batches it has, so that another can take over from it. */
public interface Marked extends Store {
  /** Every epoch of which a batch is stored. */
  List<StoredEpoch> epochs() throws IOException;

  /**
   * Which sequences of an epoch are stored.
   *
   * @param high every one up to this, see {@link Store#highWater}
   * @param beyond those above, in order
   */
  record StoredEpoch(IncomingBatch.Source source, long epoch, long high, List<Long> beyond) {
    public StoredEpoch {
      beyond = List.copyOf(beyond);
    }
  }
}
