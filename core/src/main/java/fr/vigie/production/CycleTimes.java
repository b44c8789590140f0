package fr.vigie.production;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long each part took: its cycle, or the time since the part before if the machine ran. */
final class CycleTimes {
  private final Ordered ordered;
  private final List<CycleTime> times = new ArrayList<>();

  private CycleTimes(Ordered ordered) {
    this.ordered = ordered;
  }

  /** Of machines whose signal tells cycles. */
  static List<CycleTime> of(List<Cycle> cycles, int parts, Ordered ordered) {
    CycleTimes times = new CycleTimes(ordered);
    cycles.forEach(
        cycle -> times.add(Nanos.of(cycle.span().end()), cycle.length().dividedBy(parts)));
    return List.copyOf(times.times);
  }

  /** Of steps of one part; during the time before each the machine did nothing but run. */
  static List<CycleTime> of(Counts counts, Timeline timeline, Ordered ordered, Span span) {
    CycleTimes times = new CycleTimes(ordered);
    int last = counts.from(Nanos.of(span.end()));
    for (int i = Math.max(1, counts.from(Nanos.of(span.start()))); i < last; i++) {
      long from = counts.time(i - 1);
      long to = counts.time(i);
      if (counts.count(i) == 1 && to > from && timeline.running(from, to).length() == to - from) {
        times.add(to, Duration.ofNanos(to - from));
      }
    }
    return List.copyOf(times.times);
  }

  private void add(long at, Duration length) {
    times.add(new CycleTime(Nanos.instant(at), ordered.at(at), length));
  }
}
