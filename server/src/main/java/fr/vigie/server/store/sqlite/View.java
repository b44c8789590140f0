package fr.vigie.server.store.sqlite;

import java.util.List;

/**
 * What readers see at one moment. A new one replaces it when a head is set aside to be sealed and
 * when its seal is complete, so that no reader sees a sample twice or not at all.
 *
 * @param heads oldest first; the last one is the one that grows
 * @param sealedThrough chunks of later seals are still in one of the heads
 */
record View(List<Head> heads, long sealedThrough) {
  View {
    heads = List.copyOf(heads);
  }

  Head growing() {
    return heads.get(heads.size() - 1);
  }

  boolean isSealing() {
    return heads.size() > 1;
  }

  long bytes() {
    return heads.stream().mapToLong(Head::bytes).sum();
  }
}
