package fr.vigie.server.ingest;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Payload;
import fr.vigie.wire.StateCodec;
import fr.vigie.wire.Topic;
import java.time.Instant;
import java.util.List;

/** What an agent at a press says, in bytes. */
record Press(String agent, long epoch) {
  static final Instant START = Instant.parse("2026-11-02T06:00:00Z");
  static final String SITE = "lyon";

  IncomingBatch.Source source() {
    return new IncomingBatch.Source(SITE, agent);
  }

  Birth birth() {
    return new Birth(
        agent,
        "test 1",
        START,
        List.of(
            new Signal("press", "temperature", Kind.GAUGE, "Cel"),
            new Signal("press", "state", Kind.STATE, "")));
  }

  byte[] birthBytes() {
    return BirthCodec.encode(birth());
  }

  byte[] online() {
    return StateCodec.encode(new AgentState(true, epoch, START));
  }

  /** Ten temperatures. */
  Batch batch(long sequence) {
    return batch(sequence, 10);
  }

  Batch batch(long sequence, int samples) {
    Column.Builder column = Column.numbers();
    long base = START.getEpochSecond() * 1_000_000_000L + sequence * samples * 1_000_000L;
    for (int i = 0; i < samples; i++) {
      column.add(base + i * 1_000_000L, 20 + (i % 50) / 10.0, Quality.GOOD);
    }
    return of(sequence, new Batch.Part(0, column.build()));
  }

  Batch of(long sequence, Batch.Part part) {
    return new Batch(epoch, sequence, 0, birth().id(), List.of(part), List.of());
  }

  byte[] bytes(long sequence) {
    return BatchCodec.encode(batch(sequence), Payload.COLUMNS);
  }

  String topic(Topic.Channel channel) {
    return new Topic(SITE, agent, channel).toString();
  }
}
