package fr.vigie.server.store;

import fr.vigie.column.Column;
import fr.vigie.wire.Loss;
import java.util.List;

/**
 * A batch as the store takes it: its identity, and samples under names of their own.
 *
 * @param source who sent it: site and agent
 * @param floor see {@link fr.vigie.wire.Batch#floor()}
 */
public record IncomingBatch(
    Source source, long epoch, long sequence, long floor, List<Part> parts, List<Loss> losses) {
  public IncomingBatch {
    parts = List.copyOf(parts);
    losses = List.copyOf(losses);
  }

  /** An agent of a site. */
  public record Source(String site, String agent) {}

  /** The samples of one series. */
  public record Part(Series series, Column samples) {}
}
