package fr.vigie.server.diagnosis;

import fr.vigie.column.Column;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.server.store.Store.DamagedSamples;
import fr.vigie.server.store.Store.DeclaredLoss;
import fr.vigie.server.store.Store.MissingBatches;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When a signal was not observed: what agents declared lost, batches that have not come, and the
 * time since the last sign of life of an agent that is away. A value holds until the next sample
 * only while the agent that would send it is known to be connected and up to date.
 */
final class Holes {
  /** Longer than a piece in which agents tell of a device that stays away. */
  private static final Duration LONGEST_PIECE = Duration.ofHours(1);

  private static final Instant LATEST = Nanos.instant(Long.MAX_VALUE);

  /** Who declares what the store itself lost. */
  private static final String EVERY_AGENT = "*";

  private final Store store;
  private final Presence presence;

  Holes(Store store, Presence presence) {
    this.store = store;
    this.presence = presence;
  }

  /** What is on record of a site about a span. */
  private record Records(
      List<DeclaredLoss> losses, List<MissingBatches> missing, List<DamagedSamples> damaged) {}

  /** Of any signal that the machine's figures are made from; no sample is read. */
  List<Hole> of(Machine machine, Span span) throws IOException {
    Records records = records(machine.site(), span);
    Set<Hole> holes = new LinkedHashSet<>();
    for (Series series : Reading.series(machine)) {
      holes.addAll(of(series, span, records));
    }
    return List.copyOf(holes);
  }

  /** Of one signal; no sample is read. */
  List<Hole> of(Series series, Span span) throws IOException {
    return of(series, span, records(series.site(), span));
  }

  /** What the samples of a signal say themselves, the last of them up to the end of the span. */
  static List<Hole> told(String signal, Column samples, Span span) {
    List<Hole> holes = new ArrayList<>();
    for (int i = 0; i < samples.size(); ) {
      Quality quality = samples.quality(i);
      int next = i + 1;
      while (next < samples.size() && samples.quality(next) == quality) {
        next++;
      }
      Instant end = next < samples.size() ? samples.time(next) : span.end();
      Instant start = samples.time(i);
      if (quality == Quality.CLOCK_UNSYNCED || quality == Quality.MISSING) {
        HoleReason reason =
            quality == Quality.MISSING ? HoleReason.NO_VALUE : HoleReason.CLOCK_UNSYNCED;
        new Hole(new Span(start, end.isBefore(start) ? start : end), reason, signal)
            .within(span)
            .ifPresent(holes::add);
      }
      i = next;
    }
    return holes;
  }

  private Records records(String site, Span span) throws IOException {
    return new Records(
        store.losses(site, new Span(span.start().minus(LONGEST_PIECE), span.end())),
        store.missing(site),
        store.damagedSamples(site));
  }

  private List<Hole> of(Series series, Span span, Records records) throws IOException {
    Optional<Presence.Watcher> watcher = presence.watcher(series);
    List<Hole> holes = new ArrayList<>();
    for (DeclaredLoss declared : records.losses()) {
      Loss loss = declared.loss();
      if (concerns(declared, series, watcher)) {
        Span when = new Span(loss.when().start(), end(declared, series, span, records));
        add(new Hole(when, HoleReason.of(loss.reason()), loss.known(), loss.source()), span, holes);
      }
    }
    for (MissingBatches missing : records.missing()) {
      String agent = missing.source().agent();
      if (watcher.filter(it -> it.agent().equals(agent)).isPresent()) {
        add(new Hole(missing.when(), HoleReason.BATCHES_MISSING, agent), span, holes);
      }
    }
    watcher.flatMap(it -> it.behind().map(it::backlog)).ifPresent(hole -> add(hole, span, holes));
    for (DamagedSamples damaged : records.damaged()) {
      if (damaged.series().equals(series)) {
        OptionalLong count = OptionalLong.of(damaged.samples());
        add(
            new Hole(damaged.when(), HoleReason.STORE_DAMAGED, count, series.signal()),
            span,
            holes);
      }
    }
    Instant kept = store.droppedBefore(series);
    if (kept.isAfter(span.start())) {
      Span gone = new Span(span.start(), kept.isBefore(span.end()) ? kept : span.end());
      add(new Hole(gone, HoleReason.RETENTION, series.signal()), span, holes);
    }
    if (watcher.filter(Presence.Watcher::current).isEmpty()) {
      Instant from = seenUntil(series, span, watcher);
      if (from.isBefore(span.end())) {
        String agent = watcher.map(Presence.Watcher::agent).orElse("");
        add(new Hole(new Span(from, span.end()), HoleReason.AGENT_ABSENT, agent), span, holes);
      }
    }
    return holes;
  }

  private static boolean concerns(
      DeclaredLoss declared, Series series, Optional<Presence.Watcher> watcher) {
    String source = declared.loss().source();
    if (declared.source().agent().equals(EVERY_AGENT)) {
      return source.equals("*") || source.equals(series.machine() + '/' + series.signal());
    }
    return watcher
        .filter(it -> it.agent().equals(declared.source().agent()))
        .filter(it -> it.concerns(source, series.signal()))
        .isPresent();
  }

  private static void add(Hole hole, Span span, List<Hole> holes) {
    hole.within(span).ifPresent(holes::add);
  }

  /**
   * The end of a loss. A device that was away is so until the next word about it: a sample, another
   * declaration, or the end of the agent's run.
   */
  private Instant end(DeclaredLoss declared, Series series, Span span, Records records)
      throws IOException {
    Loss loss = declared.loss();
    Instant end = loss.when().end();
    if (loss.reason() != Loss.Reason.DEVICE_OFFLINE || !end.isBefore(span.end())) {
      return end;
    }
    Instant next = span.end();
    for (DeclaredLoss other : records.losses()) {
      if (other.source().equals(declared.source())
          && other.loss().when().end().isAfter(end)
          && isWordOf(loss.source(), other.loss())
          && other.loss().when().start().isBefore(next)) {
        next = other.loss().when().start();
      }
    }
    Optional<Sample> last = store.asOf(series, span.end());
    boolean spoken = last.filter(sample -> !sample.time().isBefore(end)).isPresent();
    return spoken || next.isBefore(end) ? end : next;
  }

  private static boolean isWordOf(String sensor, Loss loss) {
    return loss.source().equals(sensor)
        || loss.reason() == Loss.Reason.UNCLEAN_STOP
        || loss.reason() == Loss.Reason.AGENT_STOPPED;
  }

  /** The newest sign of life of the machine or its agent; none after the span is looked for. */
  private Instant seenUntil(Series of, Span span, Optional<Presence.Watcher> watcher)
      throws IOException {
    Instant newest = watcher.flatMap(Presence.Watcher::seenUntil).orElse(span.start());
    for (Series series : store.series()) {
      boolean own = series.site().equals(of.site()) && series.machine().equals(of.machine());
      if (own && newest.isBefore(span.end())) {
        Instant last = store.asOf(series, LATEST).map(Sample::time).orElse(newest);
        newest = last.isAfter(newest) ? last : newest;
      }
    }
    return newest;
  }
}
