package fr.vigie.link;

import fr.vigie.wire.Loss;

/**
 * Batches that will never be sent, and the loss that declares them. In their stead goes one batch
 * without samples under the last of their sequences.
 */
record Gap(long epoch, long first, long last, Loss loss) {
  Position position() {
    return new Position(epoch, last);
  }
}
