package fr.vigie.link;

/** Where a batch stands in the order of sending: epochs of one agent grow from start to start. */
record Position(long epoch, long sequence) implements Comparable<Position> {
  static final Position BEFORE_ALL = new Position(0, 0);

  @Override
  public int compareTo(Position other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
  }

  boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }
}
