package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches that came before the birth that they speak of: brokers keep the order of one
 * subscription, not of two. The latest few are held until the birth comes; an agent that is not
 * answered sends the others again. For one thread.
 */
final class Unborn {
  private static final int MOST_MESSAGES = 512;
  private static final long MOST_BYTES = 2L << 20;

  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private long bytes;

  private record Held(Source source, Arrival arrival) {}

  /** Keeps the message; the broker is done with it. */
  void hold(Source source, Arrival arrival) {
    Arrival settled = new Arrival(arrival.topic(), arrival.payload(), arrival.at(), () -> {});
    held.addLast(new Held(source, settled));
    bytes += arrival.payload().length;
    while (held.size() > MOST_MESSAGES || bytes > MOST_BYTES) {
      bytes -= held.removeFirst().arrival().payload().length;
    }
  }

  /** What was held of an agent, in the order in which it came, and is held no longer. */
  List<Arrival> release(Source source) {
    List<Arrival> released = new ArrayList<>();
    held.removeIf(
        each -> {
          boolean of = each.source().equals(source);
          if (of) {
            released.add(each.arrival());
            bytes -= each.arrival().payload().length;
          }
          return of;
        });
    return released;
  }
}
