package fr.vigie.server.ingest;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.BatchIdentity;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.StateCodec;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sense of messages. Never throws: what makes no sense is a reading too. For one thread. */
final class Reader {
  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  private final Births births;
  private final InstantSource clock;

  Reader(Births births, InstantSource clock) {
    this.births = births;
    this.clock = clock;
  }

  Reading read(String topicText, byte[] payload) {
    try {
      Topic topic = Topic.parse(topicText);
      Source source = new Source(topic.site(), topic.agent());
      return switch (topic.channel()) {
        case DATA -> data(source, payload);
        case BIRTH -> payload.length == 0 ? new Reading.Nothing() : birth(source, payload);
        case STATE ->
            payload.length == 0
                ? new Reading.Nothing()
                : new Reading.Told(source, StateCodec.decode(payload));
        case ACK, CMD -> new Reading.Nothing();
      };
    } catch (WireException e) {
      return new Reading.Unreadable(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a message could not be read, by a fault of this program", e);
      return new Reading.Unreadable("a fault of the server: " + e);
    }
  }

  /** Whom a topic of batches belongs to. */
  Optional<Source> source(String topicText) {
    try {
      Topic topic = Topic.parse(topicText);
      return topic.channel() == Topic.Channel.DATA
          ? Optional.of(new Source(topic.site(), topic.agent()))
          : Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  /** What stands in the store for a batch that it cannot take. */
  IncomingBatch stub(IncomingBatch batch) {
    long count = batch.parts().stream().mapToLong(part -> part.samples().size()).sum();
    return stub(batch.source(), batch.epoch(), batch.sequence(), batch.floor(), when(batch), count);
  }

  private static Reading birth(Source source, byte[] payload) throws WireException {
    Birth birth = BirthCodec.decode(payload);
    if (!birth.agent().equals(source.agent())) {
      return new Reading.Unreadable(
          "birth: agent: found '"
              + birth.agent()
              + "', wanted '"
              + source.agent()
              + "' as the topic says");
    }
    return new Reading.Born(source, birth);
  }

  private Reading data(Source source, byte[] payload) throws WireException {
    Batch batch;
    try {
      batch = BatchCodec.decode(payload);
    } catch (WireException e) {
      return poison(source, payload, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a batch could not be read, by a fault of this program", e);
      return poison(source, payload, "a fault of the server: " + e);
    }
    Optional<KnownBirth> birth = births.find(source, batch.birth());
    if (birth.isEmpty()) {
      return new Reading.Unborn(source);
    }
    try {
      return new Reading.Taken(birth.get().name(source, batch), batch.samples());
    } catch (WireException e) {
      Span when = when(batch.parts().stream().map(Batch.Part::samples).toList());
      return new Reading.Refused(
          stub(source, batch.epoch(), batch.sequence(), batch.floor(), when, batch.samples()),
          String.valueOf(e.getMessage()));
    }
  }

  private Reading poison(Source source, byte[] payload, String reason) {
    Instant now = clock.instant();
    Span when = new Span(now, now);
    return BatchIdentity.of(payload)
        .<Reading>map(
            batch ->
                new Reading.Refused(
                    stub(source, batch.epoch(), batch.sequence(), 0, when, -1), reason))
        .orElseGet(() -> new Reading.Unreadable(reason));
  }

  private static IncomingBatch stub(
      Source source, long epoch, long sequence, long floor, Span when, long count) {
    Loss loss = new Loss("*", when, count, Loss.Reason.REFUSED);
    return new IncomingBatch(source, epoch, sequence, floor, List.of(), List.of(loss));
  }

  private Span when(IncomingBatch batch) {
    return when(batch.parts().stream().map(IncomingBatch.Part::samples).toList());
  }

  private Span when(List<Column> columns) {
    Instant from = Instant.MAX;
    Instant to = Instant.MIN;
    for (Column column : columns) {
      for (int i = 0; i < column.size(); i++) {
        Instant time = column.time(i);
        from = time.isBefore(from) ? time : from;
        to = time.isAfter(to) ? time : to;
      }
    }
    Instant now = clock.instant();
    return to.isBefore(from) ? new Span(now, now) : new Span(from, to);
  }
}
