package fr.vigie.server.store.sqlite;

import java.io.IOException;

/** The moments of a seal between which a crash must lose and double nothing. */
enum SealStep {
  SET_ASIDE,
  MONTH_OPENED,
  MONTH_SEALED,
  PUBLISHED,
  TRIMMED,
  /** A bounded step of compaction has been committed. */
  MONTH_COMPACTED,
  /** A month stands anew beside the old one. */
  MONTH_REWRITTEN,
  MONTH_SWAPPED;

  /** Is told of each moment as it comes; what it throws ends the seal there. */
  interface Watcher {
    void reached(SealStep step) throws IOException;
  }
}
