package fr.vigie.server.diagnosis;

import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a machine was not observed. A state holds until the next sample only while the agent that
 * would send it is known to be connected and up to date; what an agent declares lost was not seen
 * either.
 */
final class Gaps {
  private final Store store;
  private final Presence presence;

  Gaps(Store store, Presence presence) {
    this.store = store;
    this.presence = presence;
  }

  /** Gaps that end by {@code span.end()}; overlaps are not removed. */
  List<Span> of(Machine machine, Span span) throws IOException {
    List<Span> gaps = new ArrayList<>();
    Optional<Presence.Watcher> watcher = presence.watcher(machine);
    for (Store.DeclaredLoss declared : store.losses(machine.site(), span)) {
      if (concerns(declared, machine, watcher)) {
        declared.loss().when().overlap(span).ifPresent(gaps::add);
      }
    }
    if (watcher.filter(Presence.Watcher::current).isEmpty()) {
      Instant from = seenUntil(machine, span, watcher);
      if (from.isBefore(span.end())) {
        gaps.add(new Span(from, span.end()));
      }
    }
    return gaps;
  }

  /** The newest sign of life of the machine or its agent, within the span. */
  private Instant seenUntil(Machine machine, Span span, Optional<Presence.Watcher> watcher)
      throws IOException {
    Instant newest = watcher.flatMap(Presence.Watcher::seenUntil).orElse(span.start());
    for (Series series : store.series()) {
      boolean own = series.site().equals(machine.site()) && series.machine().equals(machine.name());
      if (own && newest.isBefore(span.end())) {
        Instant last = store.asOf(series, span.end()).map(Sample::time).orElse(newest);
        newest = last.isAfter(newest) ? last : newest;
      }
    }
    return newest;
  }

  /** A loss of something else that the same agent sends does not concern the machine. */
  private static boolean concerns(
      Store.DeclaredLoss declared, Machine machine, Optional<Presence.Watcher> watcher) {
    if (watcher.isEmpty() || !declared.source().agent().equals(watcher.get().agent())) {
      return false;
    }
    String source = declared.loss().source();
    boolean used = machine.series().stream().anyMatch(series -> series.signal().equals(source));
    return used || !watcher.get().signals().contains(source);
  }
}
