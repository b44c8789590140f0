package fr.vigie.server.store.sqlite;

import java.io.IOException;

/** Chunks were merged since the view was taken; the reading is to be begun anew with a new one. */
final class StaleView extends IOException {
  StaleView() {
    super("the view is older than what has been merged");
  }
}
