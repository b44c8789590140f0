package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;

import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A short life of a store: writes over two months, seals, a month dropped, a restart. It says on
 * its output before and after each deed, so that both are in the record of its system calls.
 */
public final class RecordedWriter {
  static final double MONTH = 31 * 86_400.0;
  static final int BATCHES = 14;
  static final int BEFORE_DROP = 12;
  static final int SAMPLES = 12;

  private RecordedWriter() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (SqliteStore store = Folders.open(folder)) {
      write(store, 1, 5);
      store.seal();
      write(store, 6, 8);
      store.seal();
      write(store, 9, 10);
    }
    try (SqliteStore store = Folders.open(folder)) {
      write(store, 11, BEFORE_DROP);
      say("drop", 1);
      store.dropBefore(at(MONTH - 86_400));
      say("dropped", 1);
      write(store, BEFORE_DROP + 1, BATCHES);
    }
  }

  static IncomingBatch batch(int sequence) {
    Batches batch = Batches.batch().sequence(sequence);
    for (int i = 0; i < SAMPLES; i++) {
      batch.numbers(SPEED, number(second(sequence, i), sequence * 100 + i));
    }
    batch.texts(STATE, text(second(sequence, 0), "S" + sequence));
    return batch.loss(loss(sequence)).build();
  }

  /** Batches go to one month and the other in turn, and their samples interleave. */
  static double second(int sequence, int sample) {
    return sequence % 2 * MONTH + sample * 100 + sequence;
  }

  /** The batch that a sample came in. */
  static int sequence(Sample sample) {
    return sample.value() instanceof Value.Text text
        ? Integer.parseInt(text.text().substring(1))
        : (int) ((Value.Number) sample.value()).number() / 100;
  }

  static Loss loss(int sequence) {
    Span when = new Span(at(MONTH + sequence), at(MONTH + sequence + 1));
    return new Loss("plc", when, sequence, Loss.Reason.DEVICE_GAP);
  }

  private static void write(SqliteStore store, int from, int through) throws IOException {
    for (int sequence = from; sequence <= through; sequence++) {
      say("write", sequence);
      store.write(List.of(batch(sequence)));
      say("written", sequence);
    }
  }

  private static void say(String deed, int number) {
    System.out.println(deed + " " + number);
  }
}
