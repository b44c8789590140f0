package fr.vigie.server.ingest;

import fr.vigie.server.ingest.Progress.Epoch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.ClockReading;
import fr.vigie.wire.ClockReadingCodec;
import fr.vigie.wire.Command;
import fr.vigie.wire.CommandCodec;
import fr.vigie.wire.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the server says to agents. An acknowledgement that cannot go out waits, and says the latest
 * when it goes; an agent is asked for its birth at most every five seconds. For one thread.
 */
final class Replies {
  private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(5).toNanos();
  private static final int MOST_WAITING = 10_000;

  private final Progress progress;
  private final Outgoing out;
  private final Supplier<String> ids;
  private final Set<Epoch> due = new LinkedHashSet<>();
  private final Map<Source, Long> asked =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Long> eldest) {
          return size() > MOST_WAITING;
        }
      };

  /**
   * @param ids draws an identifier for a command
   */
  Replies(Progress progress, Outgoing out, Supplier<String> ids) {
    this.progress = progress;
    this.out = out;
    this.ids = ids;
  }

  /** An acknowledgement of the epoch is to go out. */
  void due(Epoch epoch) {
    if (due.size() < MOST_WAITING) {
      due.add(epoch);
    }
  }

  /** Sends what is due. */
  void flush() throws IOException {
    for (Iterator<Epoch> each = due.iterator(); each.hasNext(); ) {
      Epoch epoch = each.next();
      Topic topic = topic(epoch.source(), Topic.Channel.ACK);
      if (!out.publish(topic, AckCodec.encode(progress.ack(epoch)))) {
        return;
      }
      each.remove();
    }
  }

  /**
   * Asks an agent for its birth.
   *
   * @param now {@link System#nanoTime()}
   */
  void ask(Source source, long now) {
    Long before = asked.get(source);
    if (before == null || now - before >= BETWEEN_QUESTIONS) {
      Command command = new Command(ids.get(), Command.BIRTH);
      if (out.publish(topic(source, Topic.Channel.CMD), CommandCodec.encode(command))) {
        asked.put(source, now);
      }
    }
  }

  /** Answers at once, or not at all: an agent asks again. */
  void time(Source source, ClockReading question, Instant now) {
    ClockReading answer = new ClockReading(question.question(), now, true);
    out.publish(topic(source, Topic.Channel.TIME), ClockReadingCodec.encode(answer));
  }

  private static Topic topic(Source source, Topic.Channel channel) {
    return new Topic(source.site(), source.agent(), channel);
  }
}
