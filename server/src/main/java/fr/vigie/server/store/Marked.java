package fr.vigie.server.store;

import java.io.IOException;
import java.util.List;

/** A store that can tell which batches it has and which history it is, so that others can go on. */
public interface Marked extends Store {
  /**
   * A random text drawn when the store was made, and again when it was put back from a backup,
   * since it may then know less than it once acknowledged.
   */
  String generation();

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
