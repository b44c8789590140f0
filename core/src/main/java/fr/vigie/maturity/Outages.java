package fr.vigie.maturity;

import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Silences of one agent, and whether what it read in them came later. A silence of which nothing
 * came is no outage of the link: the agent was off, or had nothing to say. For one thread.
 */
public final class Outages {
  /** Silence for so long is worth a look. */
  public static final Duration SILENCE = Duration.ofSeconds(60);

  private static final int MOST = 1_000;

  private final List<Outage> silences = new ArrayList<>();
  private Instant latest = Instant.MAX;

  /**
   * @param made up for: readings dated within it came after it
   */
  public record Outage(Span span, boolean made) {
    /** What was said last before a silence, and first after it, does not make up for it. */
    boolean isMadeUpBy(Instant time) {
      Duration edge = SILENCE.dividedBy(3);
      return time.isAfter(span.start().plus(edge)) && time.isBefore(span.end().minus(edge));
    }
  }

  /** A batch came; to be told in the order in which they come. */
  public void came(Instant at) {
    if (latest.isBefore(at) && Duration.between(latest, at).compareTo(SILENCE) > 0) {
      known(new Outage(new Span(latest, at), false));
    }
    latest = at;
  }

  /** A silence that was kept from an earlier time; to be told before {@link #came}. */
  public void known(Outage silence) {
    if (silences.size() == MOST) {
      silences.remove(0);
    }
    silences.add(silence);
  }

  /** A reading was dated so; to be told after {@link #came} of its batch. */
  public void dated(Instant time) {
    if (!silences.isEmpty() && time.isBefore(silences.get(silences.size() - 1).span().end())) {
      silences.replaceAll(it -> it.isMadeUpBy(time) ? new Outage(it.span(), true) : it);
    }
  }

  /** Every silence, the newest thousand at most. */
  public List<Outage> silences() {
    return List.copyOf(silences);
  }
}
