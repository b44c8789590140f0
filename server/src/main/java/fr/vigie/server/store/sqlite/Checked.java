package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Series;
import fr.vigie.time.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a check of one file of a store found.
 *
 * @param chunks in it that are whole; for {@code head.db} rows of the log
 * @param samples in these
 */
public record Checked(String file, long chunks, long samples, List<Fault> faults) {
  public Checked {
    faults = List.copyOf(faults);
  }

  public boolean isClean() {
    return faults.isEmpty();
  }

  /**
   * Something that is not as it was written.
   *
   * @param place within the file
   * @param why how that shows
   * @param hole the samples that it cost, empty when it cost none
   */
  public record Fault(String place, String why, Optional<Hole> hole) {}

  /**
   * Samples that were stored and cannot be read.
   *
   * @param series empty when any may be concerned
   * @param span that they lie in, or may lie in
   * @param count empty when nobody can know
   */
  public record Hole(Optional<Series> series, Span span, OptionalLong count) {}
}
