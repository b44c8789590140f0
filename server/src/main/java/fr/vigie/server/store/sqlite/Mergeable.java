package fr.vigie.server.store.sqlite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which chunks of a series are to be merged next. Samples of one time keep their order of arrival
 * whatever is merged, as long as no other chunk shares time with the merged ones; so chunks that
 * share time are taken together or not at all.
 */
final class Mergeable {
  /** Small chunks are left until there are so many, or until their month is over. */
  static final int MANY = 8;

  private static final int MOST_FULL = 4;

  private Mergeable() {}

  /**
   * Chunks to be merged, fewer when nothing else is gained; empty when all is well.
   *
   * @param over whether the month is over
   * @param full how many samples a full chunk holds
   * @param settled ids of chunks that would gain nothing
   */
  static List<Chunk> next(List<Chunk> chunks, boolean over, int full, Set<Long> settled) {
    int wanted = over ? 2 : MANY;
    List<Chunk> run = new ArrayList<>();
    for (List<Chunk> tangle : tangles(chunks)) {
      boolean free =
          tangle.stream()
              .allMatch(it -> it.text() == tangle.get(0).text() && !settled.contains(it.id()));
      long samples = samples(tangle);
      if (free && tangle.size() >= wanted && samples <= (long) MOST_FULL * full) {
        return tangle;
      }
      boolean small = free && samples < full / 2;
      boolean fits =
          run.isEmpty()
              || (run.get(0).text() == tangle.get(0).text()
                  && samples(run) + samples <= (long) MOST_FULL * full);
      if (!small || !fits) {
        if (run.size() >= wanted) {
          return run;
        }
        run = new ArrayList<>();
      }
      if (small) {
        run.addAll(tangle);
      }
    }
    return run.size() >= wanted ? run : List.of();
  }

  /**
   * Pieces of roll-ups to be gathered, neighbours in the order of arrival; they add up whatever
   * their times.
   */
  static List<Chunk> nextRollups(List<Chunk> pieces, boolean over) {
    long all = samples(pieces);
    if (over) {
      boolean tight = pieces.size() <= 1 + (all - 1) / Rollup.MOST_WINDOWS;
      return tight ? List.of() : pieces;
    }
    List<Chunk> run = new ArrayList<>();
    for (Chunk piece : pieces) {
      boolean small = piece.count() < Rollup.MOST_WINDOWS / 2;
      if (!small || samples(run) >= MOST_FULL * Rollup.MOST_WINDOWS) {
        if (run.size() >= MANY) {
          return run;
        }
        run = new ArrayList<>();
      }
      if (small) {
        run.add(piece);
      }
    }
    return run.size() >= MANY ? run : List.of();
  }

  /** In order of time, each with all the chunks that share time with it. */
  private static List<List<Chunk>> tangles(List<Chunk> chunks) {
    List<List<Chunk>> tangles = new ArrayList<>();
    long reach = Long.MIN_VALUE;
    for (Chunk chunk : chunks.stream().sorted(Comparator.comparingLong(Chunk::first)).toList()) {
      if (tangles.isEmpty() || chunk.first() > reach) {
        tangles.add(new ArrayList<>());
      }
      tangles.get(tangles.size() - 1).add(chunk);
      reach = Math.max(reach, chunk.last());
    }
    return tangles;
  }

  private static long samples(List<Chunk> chunks) {
    return chunks.stream().mapToLong(Chunk::count).sum();
  }
}
