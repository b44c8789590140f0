package fr.vigie.link;

import java.util.random.RandomGenerator;

/**
 * Epochs: 24 bits that count the starts of an agent, so that epochs stand in their order, and 39
 * bits of chance, so that an agent whose data folder was lost or copied never draws an old one
 * again.
 */
final class Epochs {
  private static final int CHANCE_BITS = 39;

  private Epochs() {}

  static long after(long previous, RandomGenerator random) {
    long start = (previous >>> CHANCE_BITS) + 1;
    return start << CHANCE_BITS | random.nextLong(1L << CHANCE_BITS);
  }
}
