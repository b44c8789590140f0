package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.time.Nanos;
import fr.vigie.wire.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which agents' times are wrong by more than a limit: what they send is taken as it is, and marked.
 * Samples of the past are no sign, for they may have waited; an agent's own word is. Safe for use
 * by several threads.
 */
final class Skews {
  private static final Logger LOG = LoggerFactory.getLogger(Skews.class);
  private static final int MOST = AgentDirectory.MOST_AGENTS;

  private final Duration limit;
  private final Map<Key, Skew> wrong = new ConcurrentHashMap<>();

  private record Key(Source source, Skew.Of of) {}

  Skews(Duration limit) {
    this.limit = limit;
  }

  /** An agent told what its clock shows. */
  void told(Source source, ClockReading reading, Instant arrival) {
    if (reading.known()) {
      judge(source, Skew.Of.CLOCK, Duration.between(arrival, reading.at()), arrival);
    }
  }

  /** A batch came; its newest sample may be of the future. */
  void came(IncomingBatch batch, Instant arrival) {
    long newest = Long.MIN_VALUE;
    for (IncomingBatch.Part part : batch.parts()) {
      for (int i = 0; i < part.samples().size(); i++) {
        newest = Math.max(newest, part.samples().nanos(i));
      }
    }
    if (newest == Long.MIN_VALUE) {
      return;
    }
    Duration ahead = Duration.between(arrival, Nanos.instant(newest));
    if (ahead.compareTo(limit.negated()) >= 0) {
      judge(batch.source(), Skew.Of.SAMPLES, ahead, arrival);
    }
  }

  List<Skew> of(Source source) {
    List<Skew> found = new ArrayList<>();
    for (Skew.Of of : Skew.Of.values()) {
      Optional.ofNullable(wrong.get(new Key(source, of))).ifPresent(found::add);
    }
    return found;
  }

  int count() {
    return wrong.size();
  }

  private void judge(Source source, Skew.Of of, Duration ahead, Instant now) {
    Key key = new Key(source, of);
    Skew before = wrong.get(key);
    if (ahead.abs().compareTo(limit) <= 0) {
      if (wrong.remove(key) != null) {
        LOG.info("{}/{}: {} agrees with the server again", source.site(), source.agent(), word(of));
      }
    } else if (before != null) {
      wrong.put(key, new Skew(of, ahead, before.since()));
    } else if (wrong.size() < MOST) {
      wrong.put(key, new Skew(of, ahead, now));
      LOG.warn(
          "{}/{}: {} {} the server by {} s; its data is taken with its own times. Set the clock of"
              + " the board (or of the device), or this server's",
          source.site(),
          source.agent(),
          word(of),
          ahead.isNegative() ? "is behind" : "is ahead of",
          ahead.abs().toSeconds());
    }
  }

  private static String word(Skew.Of of) {
    return switch (of) {
      case CLOCK -> "its clock";
      case SAMPLES -> "the time of its samples";
    };
  }
}
